import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Executor } from "@tessera/compute/executor";
import { type LaunchSite, workFolder } from "../launch/launch-attempt.ts";
import { removeWorkFolder } from "../launch/remove-work-folder.ts";
import type { Complaints } from "./complaints.ts";

interface Sweep {
  /** Ids of the attempts that are not over. */
  readonly known: readonly string[];
  readonly complaints: Complaints;
}

const END_PATIENCE_MS = 10_000;
const POLL_MS = 50;

/** Names of what belongs to an attempt; the executor's own passing files start with a dot. */
async function attemptsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => /^[0-9a-f]{32}$/.test(name));
}

/** Ends what may still run of an attempt, and deletes its files. */
async function clearAway(executor: Executor, attemptId: string): Promise<void> {
  await executor.stop(attemptId, { graceMs: 0, reason: "cancelled" });
  for (const deadline = Date.now() + END_PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const [status] = await executor.observe([attemptId]);
    if (status?.phase !== "running" && status?.phase !== "starting") break;
  }
  await executor.discard(attemptId);
}

/**
 * Deletes what is left on this machine of attempts that are over: a worker that was killed between
 * settling one and deleting its files leaves them.
 */
export async function sweepLeftovers(
  site: LaunchSite,
  { known, complaints }: Sweep,
): Promise<void> {
  const kept = new Set(known);
  const leftIn = async (folder: string): Promise<string[]> =>
    (await attemptsIn(folder)).filter((id) => !kept.has(id));
  for (const id of await leftIn(site.attemptsRoot)) {
    await clearAway(site.executor, id).catch((error: unknown) =>
      complaints.note(`leftover ${id}`, error, "What an attempt left cannot be deleted"),
    );
  }
  for (const id of await leftIn(site.workRoot)) {
    await removeWorkFolder(workFolder(site, id));
  }
}
