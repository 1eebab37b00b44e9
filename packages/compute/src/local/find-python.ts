import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { promisify } from "node:util";
import { PlatformError } from "@tessera/contracts/errors";

/** An interpreter found on PATH. */
export interface Python {
  /** Where it really lies, so that a version switcher's shim cannot change it later. */
  readonly executable: string;
  /** Such as "3.11.7". */
  readonly version: string;
}

export interface FindPythonOptions {
  readonly env: Readonly<Record<string, string>>;
  /** "3.11" for that minor version; any from the oldest supported on otherwise. */
  readonly version?: string | undefined;
}

const oldestMinor = 10;
const newestMinorTried = 20;

/** The interpreter to use. Throws `failed_precondition` that says what was found instead. */
export async function findPython({ env, version }: FindPythonOptions): Promise<Python> {
  if (version !== undefined && !/^3\.\d{1,2}$/.test(version)) {
    throw new PlatformError("invalid_argument", `Python version "${version}" must be like "3.11".`);
  }
  const seen = new Set<string>();
  for (const command of commandsFor(version)) {
    const found = await askPython(command, env);
    if (!found) continue;
    const minor = found.version.split(".").slice(0, 2).join(".");
    if (version === undefined ? minorOf(minor) >= oldestMinor : minor === version) return found;
    seen.add(found.version);
  }
  throw new PlatformError("failed_precondition", notFoundInWords(version, [...seen]));
}

function commandsFor(version: string | undefined): string[] {
  if (version !== undefined) return [`python${version}`, "python3", "python"];
  const newestFirst = Array.from(
    { length: newestMinorTried - oldestMinor + 1 },
    (_, index) => `python3.${newestMinorTried - index}`,
  );
  return ["python3", "python", ...newestFirst];
}

function minorOf(version: string): number {
  const [major, minor] = version.split(".").map(Number);
  return major === 3 ? (minor ?? 0) : 0;
}

const question = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

async function askPython(
  command: string,
  env: Readonly<Record<string, string>>,
): Promise<Python | undefined> {
  try {
    const options = { env: { ...env }, timeout: 20_000 };
    const { stdout } = await promisify(execFile)(command, ["-I", "-c", question], options);
    const [version, executable] = stdout.trim().split("\n");
    if (!version || !executable) return undefined;
    return { version, executable: await withoutShim(executable) };
  } catch {
    // Not there, or a version switcher's shim that stands for nothing.
    return undefined;
  }
}

// Following links out of a virtual environment would lose it: only the folder is resolved.
async function withoutShim(executable: string): Promise<string> {
  const slash = executable.lastIndexOf("/");
  return `${await realpath(executable.slice(0, slash) || "/")}${executable.slice(slash)}`;
}

function notFoundInWords(version: string | undefined, seen: string[]): string {
  const wanted = version === undefined ? `Python 3.${oldestMinor} or newer` : `Python ${version}`;
  const there = seen.length === 0 ? "no Python is" : `only Python ${seen.join(", ")} is`;
  return `${wanted} is needed, but ${there} on PATH.`;
}
