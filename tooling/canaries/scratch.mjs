import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** Runs `use` with a fresh folder that sees the repository's installed packages. */
export function withScratch(use) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tessera-canary-")));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs a tool of the repository in a folder and returns its exit code and everything it printed. */
export function runTool(folder, [name, ...args]) {
  const result = spawnSync(join(root, "node_modules/.bin", name), args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
  });
  if (result.error) throw result.error;
  return { code: result.status, stdout: result.stdout, all: result.stdout + result.stderr };
}

export const json = (value) => JSON.stringify(value, null, 2);
