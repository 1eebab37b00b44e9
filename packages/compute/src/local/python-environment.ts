import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { isErrno } from "./errno.ts";
import { failureLine } from "./failure-line.ts";
import { findPython } from "./find-python.ts";
import type { Python } from "./find-python.ts";
import { chooseInstaller, ToolFailure } from "./installers.ts";
import { withOwnerLock } from "./owner-lock.ts";
import { parseRequirements } from "./requirements-text.ts";

interface BuildOptions {
  /**
   * The worker's environment. Of it, tools get PATH, proxies, certificates and the settings of pip,
   * uv and compilers: packages run code of their own while they are built.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told each line that the tools print. */
  readonly onLog: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface ResolveRequirementsOptions extends BuildOptions {
  /** pip's requirements format, without references to other files. */
  readonly requirementsText: string;
  /** "3.11" for that one; the newest that PATH offers first otherwise. */
  readonly pythonVersion?: string;
}

export interface BuildEnvironmentOptions extends BuildOptions {
  /** What `resolveRequirements` answered. */
  readonly lock: string;
  /** Folder that holds the environments. */
  readonly root: string;
}

/**
 * Pins every package that the requirements need, dependencies included, one a line below the
 * Python version they were resolved for. Rejects with `invalid_argument` for a bad text,
 * `failed_precondition` with the line that says why when it cannot be resolved or there is no fit
 * Python, `disk_full`, `cancelled`.
 */
export async function resolveRequirements(options: ResolveRequirementsOptions): Promise<string> {
  const { onLog, signal } = options;
  const requirements = parseRequirements(options.requirementsText);
  const env = toolEnvironment(options.env);
  const python = await findPython({ env, version: options.pythonVersion });
  const header = [`# python ${minorOf(python)}`, ...requirements.options];
  if (requirements.packages.length === 0) return `${header.join("\n")}\n`;
  const scratch = await mkdtemp(join(tmpdir(), "tessera-resolve-"));
  try {
    return await telling(signal, async () => {
      const installer = await chooseInstaller(python, { cwd: scratch, env, onLog, signal });
      onLog(`Resolving for Python ${python.version} with ${installer.name}`);
      const lines = [...requirements.options, ...requirements.packages, ""];
      await writeFile(join(scratch, "requirements.txt"), lines.join("\n"));
      const resolved = await installer.resolve("requirements.txt");
      const pinned = resolved.filter((line) => !line.startsWith("-"));
      return `${[...header, ...pinned].join("\n")}\n`;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The path of a virtual environment with what the lock names, built unless it is there. Builders of
 * the same lock, in whatever process, wait for each other; what a killed one left is built anew.
 * Rejects as `resolveRequirements` does.
 */
export async function buildEnvironment(options: BuildEnvironmentOptions): Promise<string> {
  const { lock, onLog, signal } = options;
  const env = toolEnvironment(options.env);
  const version = /^# python (3\.\d+)$/m.exec(lock)?.[1];
  const python = await findPython({ env, version });
  const root = resolve(options.root);
  const key = sha256(`${packagesOf(lock).join("\n")}\n${python.version} ${python.executable}`);
  const path = join(root, key);
  if (await isReady(path)) return path;
  await mkdir(root, { recursive: true });
  const build: Build = { path, lock, python, env };
  const onWait = (pid: number) =>
    onLog(`Waiting for process ${pid}, which builds the same environment`);
  return telling(signal, () =>
    withOwnerLock(
      `${path}.lock`,
      async ({ noteTool }) => {
        if (await isReady(path)) return path;
        await buildAfresh(build, { ...options, onStart: noteTool });
        return path;
      },
      { signal, onWait },
    ),
  );
}

interface Build {
  readonly path: string;
  readonly lock: string;
  readonly python: Python;
  readonly env: Record<string, string>;
}

async function buildAfresh(
  { path, lock, python, env }: Build,
  { onLog, signal, onStart }: BuildOptions & { onStart: (group: number) => Promise<void> },
): Promise<void> {
  // Beside the environment, so that the next builder clears away what a killed one left.
  const scratch = `${path}.scratch`;
  for (const folder of [path, scratch]) await rm(folder, { recursive: true, force: true });
  await mkdir(scratch);
  try {
    const surroundings = { cwd: scratch, env, onLog, signal, onStart };
    const installer = await chooseInstaller(python, surroundings);
    onLog(`Building for Python ${python.version} with ${installer.name}`);
    await installer.createEnvironment(path);
    await writeFile(join(scratch, lockFile), lock);
    await writeFile(join(path, lockFile), lock);
    if (packagesOf(lock).some((line) => !line.startsWith("-"))) {
      await installer.install(path, lockFile);
    }
    await writeFile(join(path, readyMarker), python.version);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

// Virtual environments cannot be moved into place when they are done, so a file says that they are.
const readyMarker = "tessera-ready";
const lockFile = "tessera-lock.txt";

async function isReady(path: string): Promise<boolean> {
  try {
    await readFile(join(path, readyMarker));
    // Follows the link: the interpreter may have been uninstalled since.
    await stat(join(path, "bin", "python"));
    return true;
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

function packagesOf(lock: string): string[] {
  return lock
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

function minorOf(python: Python): string {
  return python.version.split(".").slice(0, 2).join(".");
}

/** Turns a tool's failure into an error that tells its cause. */
async function telling<Result>(
  signal: AbortSignal | undefined,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isErrno(error, "ENOSPC", "EDQUOT")) {
      throw new PlatformError("disk_full", "There is no space left to build it.", { cause: error });
    }
    if (signal?.aborted) {
      throw new PlatformError("cancelled", "The build was cancelled.", { cause: error });
    }
    if (!(error instanceof ToolFailure)) throw error;
    const line = reasonOf(error.log);
    const code = /No space left on device/.test(line) ? "disk_full" : "failed_precondition";
    throw new PlatformError(code, line, { cause: error });
  }
}

function reasonOf(log: string): string {
  if (!/ensurepip is not\s+available|No module named '?(venv|ensurepip)/.test(log))
    return failureLine(log);
  return "This Python has no venv module; on Debian and Ubuntu it is the package python3-venv.";
}

const handedOn =
  /^(PATH|HOME|USER|LANG|TMPDIR|LD_LIBRARY_PATH|CC|CXX|CFLAGS|CXXFLAGS|LDFLAGS|MAKEFLAGS|CUDA_HOME|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE|(HTTPS?|ALL|NO)_PROXY|(LC|PIP|UV|SSL|XDG)_.*)$/i;

function toolEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && handedOn.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
