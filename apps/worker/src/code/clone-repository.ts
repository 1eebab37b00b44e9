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
import { abortCause } from "@tessera/queue/run-job";
import { SizeLimit, tooLarge } from "./size-limit.ts";

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

/** Lines that git says after the one that tells what is wrong. */
const commonplaces = /could not read from remote repository/i;

/** Why git failed, if it did, without the address, which may carry a password. */
function wordsOf(error: unknown, url: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && error.code === "ENOENT") return "git is not installed on the worker";
  if (!("stderr" in error)) return undefined;
  const faults = String(error.stderr)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^(fatal|error):/.test(line));
  const line = faults.findLast((each) => !commonplaces.test(each)) ?? faults[0] ?? "git failed";
  return line.replaceAll(url, "the repository");
}

async function findCommit(place: GitPlace, ref: string): Promise<string> {
  const commitOf = (name: string): Promise<string> =>
    git(place, "rev-parse", "--verify", `${name}^{commit}`);
  try {
    return await commitOf(ref).catch(() => commitOf(`origin/${ref}`));
  } catch (cause) {
    place.signal.throwIfAborted();
    const words = `the repository has no commit, branch or tag "${ref}"`;
    throw new PlatformError("not_found", words, { cause });
  }
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
    await git(place, "checkout", "--quiet", "--detach", await findCommit(place, ref));
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
    if (total > maxBytes) throw tooLarge(maxBytes);
    if (files.length >= MOST_FILES) {
      throw new PlatformError("too_large", `the repository has more than ${MOST_FILES} files`);
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
  /** Whether the queue gives up when it fails once more. */
  readonly lastTry: boolean;
}

/** Fetches a repository at a commit and keeps its files as the snapshot's. */
export async function cloneRepository(ctx: Context, input: CloneInput): Promise<void> {
  const task = await readCloneTask(ctx, input.snapshotId);
  if (task === null) return;
  const folder = await mkdtemp(join(tmpdir(), "tessera-clone-"));
  const size = new SizeLimit(folder, task.maxBytes);
  const signal = AbortSignal.any([input.signal, size.signal]);
  const place = { folder, env: input.env, signal };
  try {
    await fetchCommit(place, task);
    const commit = await git(place, "rev-parse", "HEAD");
    const files = await keepFolder(ctx, folder, task.maxBytes);
    const branch = /^([0-9a-f]{7,64}|HEAD)$/.test(task.ref) ? null : task.ref;
    await recordClone(ctx, { id: task.id, commit, branch, files });
  } catch (error) {
    const reason = reasonOf(size.fault ?? error, { input, url: task.url });
    if (reason === undefined) throw error;
    await recordCloneFailure(ctx, { id: task.id, error: reason });
  } finally {
    size.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined for what another try may do better. */
function reasonOf(
  error: unknown,
  { input, url }: { readonly input: CloneInput; readonly url: string },
): string | undefined {
  if (input.signal.aborted) {
    const late = abortCause(input.signal) === "timeout";
    return late ? "it was not there after ten minutes, and was given up" : undefined;
  }
  if (isDiskFull(error)) return "there is no space left on the disk of the worker";
  if (error instanceof PlatformError && error.code !== "unavailable") return error.message;
  const words = wordsOf(error, url);
  if (words !== undefined) return words;
  return input.lastTry ? "it could not be kept; the worker's log has details" : undefined;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
