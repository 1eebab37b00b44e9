import { git } from "./git.ts";

/** What git says of a folder, and its uncommitted changes. */
export interface FolderGit {
  readonly commit?: string;
  readonly branch?: string;
  readonly remote?: string;
  readonly dirty: boolean;
  /** Unified diff of what git tracks against the commit. */
  readonly diff: string;
}

function present(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** A remote's address may carry a password, which is not for sending around. */
function withoutPassword(remote: string): string {
  if (!/^https?:/.test(remote) || !URL.canParse(remote)) return remote;
  const url = new URL(remote);
  url.username = "";
  url.password = "";
  return url.href;
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
    ...(named.remote === undefined ? {} : { remote: withoutPassword(named.remote) }),
    dirty: present(status) !== undefined,
    diff: diff ?? "",
  };
}
