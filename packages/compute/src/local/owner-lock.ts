import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isErrno } from "./errno.ts";
import { readBootId, readProcess, readProcessTable } from "./process-table.ts";
import { sendSignal } from "./process-tree.ts";

interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

/** Who holds a lock: a process, and the tool that works for it, which may live a moment longer. */
interface LockOwner extends ProcessIdentity {
  readonly token: string;
  readonly bootId: string;
  readonly tool?: ProcessIdentity;
}

export interface OwnerLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once when the lock is another's. */
  readonly onWait?: (pid: number) => void;
}

export interface HeldLock {
  /** Notes a process group that works under the lock: it is ended before another gets it. */
  readonly noteTool: (group: number) => Promise<void>;
}

const pollMs = 100;

/**
 * Runs `act` while holding the lock file. A lock whose owner has died is taken over; a lock for
 * that, taken the same way, sees to it that only one does.
 */
export async function withOwnerLock<Result>(
  path: string,
  act: (lock: HeldLock) => Promise<Result>,
  options: OwnerLockOptions = {},
): Promise<Result> {
  const self = await readProcess(process.pid);
  const owner: LockOwner = {
    token: randomUUID(),
    bootId: readBootId(),
    pid: process.pid,
    start: self?.start ?? "",
  };
  await acquire(path, owner, options);
  const noteTool = async (group: number) => {
    const tool = await readProcess(group);
    if (tool) await replace(path, { ...owner, tool: { pid: tool.pid, start: tool.start } });
  };
  try {
    return await act({ noteTool });
  } finally {
    if ((await readOwner(path))?.token === owner.token) await rm(path, { force: true });
  }
}

async function acquire(path: string, owner: LockOwner, options: OwnerLockOptions): Promise<void> {
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await create(path, owner)) return;
    const other = await readOwner(path);
    if (!other) continue;
    if (!(await isAlive(other))) {
      if (await takeOver(path, other, owner)) return;
      continue;
    }
    if (!told) options.onWait?.(other.pid);
    told = true;
    await sleep(pollMs, undefined, options.signal ? { signal: options.signal } : {});
  }
}

function takeOver(path: string, dead: LockOwner, owner: LockOwner): Promise<boolean> {
  return withOwnerLock(`${path}.takeover`, async () => {
    if ((await readOwner(path))?.token !== dead.token) return false;
    if (dead.tool && dead.bootId === readBootId()) await endTool(dead.tool);
    await replace(path, owner);
    return true;
  });
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  if (owner.bootId !== readBootId()) return false;
  const found = await readProcess(owner.pid);
  return found !== undefined && found.start === owner.start && !found.zombie;
}

/** Waits until a dead owner's tool, which its leash is ending, is gone. */
async function endTool(tool: ProcessIdentity): Promise<void> {
  for (;;) {
    const table = await readProcessTable();
    const leader = table.get(tool.pid);
    // Another process has the number now, so the group was empty before.
    if (leader && leader.start !== tool.start) return;
    const members = [...table.values()].filter((each) => each.group === tool.pid && !each.zombie);
    if (members.length === 0) return;
    if (leader) sendSignal(-tool.pid, "SIGKILL");
    await sleep(20);
  }
}

async function create(path: string, owner: LockOwner): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(owner));
    await link(draft, path);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replace(path: string, owner: LockOwner): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(owner));
  await rename(draft, path);
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  }
}
