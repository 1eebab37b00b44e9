import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** What git says; undefined when it refuses, or is not there. */
export async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args], { maxBuffer: LONGEST_ANSWER });
    return stdout;
  } catch {
    return undefined;
  }
}
