import { step } from "./steps.mjs";

/** Every check that needs no database. All of them run, so that one look shows every fault. */
const checks = [
  ["format", ["oxfmt", "--check"]],
  ["generate", ["turbo", "run", "generate", "--output-logs=errors-only"]],
  ["lint and types", ["oxlint"]],
  ["boundaries", ["turbo", "boundaries"]],
  ["architecture", ["node", "tooling/check-architecture.mjs"]],
  ["environment", ["node", "tooling/check-env-example.mjs"]],
  ["lock", ["node", "tooling/check-lock.mjs"]],
  ["knip", ["knip", "--no-progress"]],
  ["sherif", ["sherif", "--fail-on-warnings"]],
  ["canaries", ["node", "tooling/canaries/run.mjs"]],
];

const failed = checks.filter(([name, command]) => !step(name, command)).map(([name]) => name);
console.log(failed.length === 0 ? "Verified." : `Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
