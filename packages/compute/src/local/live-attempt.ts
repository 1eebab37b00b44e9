import type { StopIntent } from "../describe-end.ts";
import type { AttemptStatus, AttemptUsage } from "../executor.ts";
import type { AttemptRecord } from "./attempt-files.ts";
import { readProportionalBytes } from "./process-table.ts";
import type { ProcessEntry, ProcessTable } from "./process-table.ts";
import { membersOf } from "./process-tree.ts";
import type { TreeIdentity } from "./process-tree.ts";

/** An attempt that somebody has to watch, with what is known of it from sample to sample. */
export interface LiveAttempt extends TreeIdentity {
  readonly attemptId: string;
  readonly record: AttemptRecord;
  readonly startedAt: Date;
  /** Found on disk, not started by this process. */
  readonly adopted: boolean;
  /** Exit code of a shim that this process started, null after a signal; undefined until told. */
  shimCode: number | null | undefined;
  intent: StopIntent | undefined;
  /** When SIGKILL is due, in milliseconds of the clock. */
  killAt: number | undefined;
  killing: boolean;
  ending: Promise<void> | undefined;
  sample: UsageSample | undefined;
  /** The kernel's out-of-memory kills at the last sample but one, and at the last. */
  oomKills: readonly [number, number];
}

interface UsageSample {
  readonly at: number;
  readonly cpuMs: ReadonlyMap<number, number>;
  readonly cpuPercent: number;
  readonly rssBytes: number;
}

/** What an attempt's files say about it when the watch begins. */
export interface WatchedFrom {
  readonly directory: string;
  readonly record: AttemptRecord;
  readonly claim: { readonly pid: number; readonly start: string; readonly at: Date };
}

export function newLiveAttempt(from: WatchedFrom, adopted: boolean): LiveAttempt {
  const { directory, record, claim } = from;
  return {
    attemptId: record.attemptId,
    directory,
    pid: claim.pid,
    start: claim.start,
    startedAt: claim.at,
    record,
    adopted,
    shimCode: undefined,
    intent: undefined,
    killAt: undefined,
    killing: false,
    ending: undefined,
    sample: undefined,
    oomKills: [record.oomKills, record.oomKills],
  };
}

/** Notes what the attempt's processes use now; CPU is the mean since the sample before. */
export function takeSample(live: LiveAttempt, table: ProcessTable, oomKills: number): void {
  const at = performance.now();
  const cpuMs = new Map<number, number>();
  let rssBytes = 0;
  let spent = 0;
  for (const entry of membersOf(table, live)) {
    rssBytes += entry.rssBytes;
    cpuMs.set(entry.pid, entry.cpuMs);
    spent += Math.max(0, entry.cpuMs - (live.sample?.cpuMs.get(entry.pid) ?? 0));
  }
  const elapsed = live.sample ? at - live.sample.at : Date.now() - live.startedAt.getTime();
  const cpuPercent = elapsed > 0 ? Math.round((spent / elapsed) * 1000) / 10 : 0;
  live.sample = { at, cpuMs, cpuPercent, rssBytes };
  live.oomKills = [live.oomKills[1], oomKills];
}

/**
 * Bytes that the attempt uses if that is more than its limit. The sum of resident sizes counts
 * shared pages once a process, so it only gives the alarm; proportional sizes decide.
 */
export function excessMemoryOf(live: LiveAttempt, table: ProcessTable): number | undefined {
  const limit = live.record.limits.memoryBytes;
  if (limit === undefined || (live.sample?.rssBytes ?? 0) <= limit) return undefined;
  const used = membersOf(table, live).reduce((sum, entry) => sum + proportionalBytesOf(entry), 0);
  return used > limit ? used : undefined;
}

function proportionalBytesOf(entry: ProcessEntry): number {
  return readProportionalBytes(entry.pid) ?? entry.rssBytes;
}

/** The status to tell while the attempt's processes live. */
export function runningStatusOf(live: LiveAttempt, gpus: AttemptUsage["gpus"]): AttemptStatus {
  const status = {
    attemptId: live.attemptId,
    phase: "running" as const,
    pid: live.pid,
    startedAt: live.startedAt,
    detail: live.intent ? `stopping: ${live.intent.reason}` : "",
  };
  if (!live.sample) return status;
  const { cpuPercent, rssBytes } = live.sample;
  const own = gpus.filter((gpu) => live.record.gpuIndexes.includes(gpu.index));
  return { ...status, usage: { cpuPercent, rssBytes, gpus: own } };
}
