import { run } from "./steps.mjs";

process.exitCode = run(["turbo", ...process.argv.slice(2)]) ? 0 : 1;
