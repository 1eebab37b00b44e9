import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PlatformError } from "@tessera/contracts/errors";
import type { ManifestFile } from "@tessera/contracts/manifest";
import {
  type CloneTask,
  readCloneTask,
  recordClone,
  recordCloneFailure,
} from "@tessera/usecases/code/clone-steps";
import type { Context } from "@tessera/usecases/platform/platform";

const execute = promisify(execFile);
const MOST_FILES = 100_000;

interface GitPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

async function git({ folder, env, signal }: GitPlace, ...args: string[]): Promise<string> {
  const { stdout } = await execute("git", ["-C", folder, ...args], {
    signal,
    maxBuffer: 16 * 1024 * 1024,
    env: {
      PATH: env["PATH"],
      HOME: env["HOME"],
      SSH_AUTH_SOCK: env["SSH_AUTH_SOCK"],
      GIT_TERMINAL_PROMPT: "0",
      GIT_SSH_COMMAND: "ssh -o BatchMode=yes",
      GIT_CONFIG_NOSYSTEM: "1",
      LC_ALL: "C",
    } as unknown as NodeJS.ProcessEnv,
  });
  return stdout.trim();
}

/** What git said last, without the address, which may carry a password. */
function wordsOf(error: unknown, url: string): string {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const line = stderr
    .split("\n")
    .map((each) => each.trim())
    .findLast((each) => /^(fatal|error):/.test(each));
  const text = line ?? (error instanceof Error ? error.message.split("\n")[0] : String(error));
  return (text ?? "git failed").replaceAll(url, "the repository");
}

/** Only the wanted commit is fetched where the server allows it, everything otherwise. */
async function fetchCommit(place: GitPlace, { url, ref }: CloneTask): Promise<void> {
  await git(place, "init", "--quiet");
  await git(place, "remote", "add", "origin", url);
  try {
    await git(place, "fetch", "--quiet", "--depth", "1", "origin", ref);
    await git(place, "checkout", "--quiet", "--detach", "FETCH_HEAD");
  } catch {
    await git(place, "fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
    const found = await git(place, "rev-parse", "--verify", `${ref}^{commit}`).catch(() =>
      git(place, "rev-parse", "--verify", `origin/${ref}^{commit}`),
    );
    await git(place, "checkout", "--quiet", "--detach", found);
  }
}

async function keepFolder(ctx: Context, folder: string, maxBytes: number): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length + 1);
    if (!entry.isFile() || path.startsWith(".git/")) continue;
    const stat = await lstat(file);
    total += stat.size;
    if (total > maxBytes || files.length >= MOST_FILES) {
      const most = Math.floor(maxBytes / 1024 / 1024);
      throw new PlatformError("too_large", `the repository has more than ${most} MB of files`);
    }
    const { sha256, size } = await ctx.blobs.put(createReadStream(file));
    files.push({ path, sha256, sizeBytes: size, executable: (stat.mode & 0o111) !== 0 });
  }
  if (files.length === 0) throw new PlatformError("invalid_argument", "the commit has no files");
  return files;
}

interface CloneInput {
  readonly snapshotId: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Fetches a repository at a commit and keeps its files as the snapshot's. */
export async function cloneRepository(ctx: Context, input: CloneInput): Promise<void> {
  const task = await readCloneTask(ctx, input.snapshotId);
  if (task === null) return;
  const folder = await mkdtemp(join(tmpdir(), "tessera-clone-"));
  const place = { folder, env: input.env, signal: input.signal };
  try {
    await fetchCommit(place, task);
    const commit = await git(place, "rev-parse", "HEAD");
    const files = await keepFolder(ctx, folder, task.maxBytes);
    const branch = /^[0-9a-f]{7,64}$/.test(task.ref) ? null : task.ref;
    await recordClone(ctx, { id: task.id, commit, branch, files });
  } catch (error) {
    if (input.signal.aborted) throw error;
    const known = error instanceof PlatformError;
    const reason = known ? error.message : wordsOf(error, task.url);
    await recordCloneFailure(ctx, { id: task.id, error: reason });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
