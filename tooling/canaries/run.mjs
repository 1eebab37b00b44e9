import { boundaryCanaries } from "./boundaries.mjs";
import { envExampleCanaries } from "./env-example.mjs";
import { lintCanaries } from "./lint.mjs";
import { lockCanaries } from "./lock.mjs";
import { toolCanaries } from "./tools.mjs";

const kinds = [lintCanaries, boundaryCanaries, lockCanaries, envExampleCanaries, toolCanaries];
const canaries = kinds.flatMap((run) => run());
const faulty = canaries.filter(({ fault }) => fault !== undefined);
for (const { name, fault } of faulty) console.error(`${name}\n  ${fault}`);
console.log(`${canaries.length} canaries, ${faulty.length} wrong`);
process.exitCode = faulty.length > 0 ? 1 : 0;
