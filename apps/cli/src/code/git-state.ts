import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git says of a folder, and its uncommitted changes. */
export interface FolderGit {
  readonly commit?: string;
  readonly branch?: string;
  readonly remote?: string;
  readonly dirty: boolean;
  /** Unified diff against the commit, untracked files included by name. */
  readonly diff: string;
}

const LARGEST_DIFF = 64 * 1024 * 1024;

async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args], { maxBuffer: LARGEST_DIFF });
    return stdout;
  } catch {
    return undefined;
  }
}

function present(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** Reads a folder's git state; a folder without git, or without a commit, has next to none. */
export async function readGitState(folder: string): Promise<FolderGit> {
  const commit = present(await git(folder, "rev-parse", "--verify", "HEAD"));
  if (commit === undefined) return { dirty: false, diff: "" };
  const [branch, remote, status, diff] = await Promise.all([
    git(folder, "symbolic-ref", "--short", "-q", "HEAD"),
    git(folder, "remote", "get-url", "origin"),
    git(folder, "status", "--porcelain", "--", "."),
    git(folder, "diff", "--no-color", "--no-ext-diff", "--relative", "HEAD", "--", "."),
  ]);
  const named = { branch: present(branch), remote: present(remote) };
  return {
    commit,
    ...(named.branch === undefined ? {} : { branch: named.branch }),
    ...(named.remote === undefined ? {} : { remote: named.remote }),
    dirty: present(status) !== undefined,
    diff: diff ?? "",
  };
}
