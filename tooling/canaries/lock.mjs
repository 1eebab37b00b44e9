import { completeLock, lockFaults } from "../check-lock.mjs";
import { json } from "./scratch.mjs";

const tool = {
  version: "1.0.0",
  dev: true,
  optionalDependencies: { "@tool/linux-x64-musl": "1.0.0" },
};
const inside = "node_modules/tool/node_modules/@tool/linux-x64-musl";
const added = {
  "node_modules/@tool/linux-x64-musl": {
    version: "1.0.0",
    cpu: ["x64"],
    os: ["linux"],
    libc: ["musl"],
    dev: true,
    optional: true,
  },
};

const cases = [
  ["a platform beside the tool", { "node_modules/tool": tool, ...added }, 0],
  ["a platform inside the tool", { "node_modules/tool": tool, [inside]: { version: "1.0.0" } }, 0],
  ["a dropped platform", { "node_modules/tool": tool }, 1],
  [
    "a workspace's link",
    { "node_modules/@tessera/kit": { resolved: "packages/kit", link: true } },
    0,
  ],
  ["a registry's address", { "node_modules/a": { resolved: "https://registry.example/a.tgz" } }, 1],
];

function completed() {
  const { packages } = completeLock({ packages: { "node_modules/tool": tool } });
  const want = json({ ...added, "node_modules/tool": tool });
  const fault = json(packages) === want ? undefined : json(packages);
  return { name: "lock: what was dropped is put back", fault };
}

/** The lock file works on every platform and with every registry. */
export function lockCanaries() {
  const judged = cases.map(([name, packages, want]) => {
    const faults = lockFaults({ packages });
    return { name: `lock: ${name}`, fault: faults.length === want ? undefined : json(faults) };
  });
  return [...judged, completed()];
}
