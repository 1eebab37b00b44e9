import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const installMs = 10 * 60_000;

/**
 * The interpreter of an environment that has the packages; made at the first call on this machine
 * and kept in the folder for temporary files under a name that the packages give it.
 */
export async function pythonWith(packages: readonly string[]): Promise<string> {
  const { stdout } = await run("python3", ["-c", "import sys; print(sys.version)"]);
  const key = createHash("sha256")
    .update([stdout, ...packages].join("\n"))
    .digest("hex");
  const folder = join(tmpdir(), `tessera-test-python-${key.slice(0, 16)}`);
  const python = join(folder, "bin", "python");
  if (!(await exists(python))) await make(folder, packages);
  return python;
}

/** Made aside and moved into place, so that no other process sees half of it. */
async function make(folder: string, packages: readonly string[]): Promise<void> {
  const aside = await mkdtemp(`${folder}-`);
  const options = { timeout: installMs, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run("python3", ["-m", "venv", aside], options);
    const python = join(aside, "bin", "python");
    const uv = await run("uv", ["--version"]).then(
      () => true,
      () => false,
    );
    if (uv) await run("uv", ["pip", "install", "--python", python, ...packages], options);
    else await run(python, ["-m", "pip", "install", "--quiet", ...packages], options);
    // The interpreter finds its packages by where it lies, so the folder may move.
    await rename(aside, folder).catch(async (error: unknown) => {
      if (!(await exists(join(folder, "bin", "python")))) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
