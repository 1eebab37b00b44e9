import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

const env = {
  ...process.env,
  PATH: `${resolve(root, "node_modules/.bin")}:${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  NEXT_TELEMETRY_DISABLED: "1",
};

/** Runs a command at the root; true when it succeeded. Its output goes where ours goes. */
export function run([command, ...args], extra = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...env, ...extra },
  });
  if (error) console.error(error.message);
  return status === 0;
}

/** Runs a named command and says how long it took. */
export function step(name, command, extra) {
  const start = performance.now();
  const passed = run(command, extra);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? "✓" : "✗"} ${name} (${seconds} s)`);
  return passed;
}
