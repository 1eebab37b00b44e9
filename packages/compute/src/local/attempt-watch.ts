import { statfs } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@tessera/kit/logger";
import { describeEnd } from "../describe-end.ts";
import type { Outcome, StopIntent } from "../describe-end.ts";
import type { AttemptStatus, GpuUsage, OnChange, StopReason } from "../executor.ts";
import { bytesInWords } from "../words.ts";
import type { AttemptFiles, AttemptRecord } from "./attempt-files.ts";
import { excessMemoryOf, newLiveAttempt, runningStatusOf, takeSample } from "./live-attempt.ts";
import type { LiveAttempt, WatchedFrom } from "./live-attempt.ts";
import { readBootId, readOomKills } from "./process-table.ts";
import type { ProcessEntry, ProcessTable } from "./process-table.ts";
import { leaderOf, membersAndEscapedOf, ProcessSnapshots, sendSignal } from "./process-tree.ts";

export interface AttemptWatchOptions {
  readonly files: AttemptFiles;
  readonly log: Logger;
  readonly onChange: OnChange;
  readonly readGpus: () => Promise<GpuUsage[]>;
  readonly signal: AbortSignal | undefined;
}

/** A claim that a shim has taken. */
export interface TakenClaim {
  readonly pid: number;
  readonly start: string;
  readonly at: Date;
}

// Reading all of /proc takes milliseconds; elsewhere each sample is a run of ps.
const sampleEveryMs = process.platform === "linux" ? 500 : 1000;
const gpuSampleEveryMs = 5000;
/** What a command leaves behind gets this long after the shim's SIGTERM. */
const leftoverGraceMs = 500;
const killRoundMs = 50;
const killRounds = 100;
const longestTimerMs = 2 ** 31 - 1;
const fullDiskBytes = 64 * 1024;

/** Watches attempts until they end: limits, stops, what they use, and cleaning up after them. */
export class AttemptWatch {
  readonly #options: AttemptWatchOptions;
  readonly #snapshots = new ProcessSnapshots();
  readonly #bootId = readBootId();
  readonly #live = new Map<string, LiveAttempt>();
  /** Ends that could not be written down, for want of disk space. */
  readonly #unsaved = new Map<string, AttemptStatus>();
  #gpus: { at: number; usage: readonly GpuUsage[] } = { at: 0, usage: [] };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AttemptWatchOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  get #closed(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  /** Undefined for an attempt that is not watched. */
  statusOf(attemptId: string): AttemptStatus | undefined {
    const live = this.#live.get(attemptId);
    return live ? runningStatusOf(live, this.#gpus.usage) : this.#unsaved.get(attemptId);
  }

  isLive(attemptId: string): boolean {
    return this.#live.has(attemptId);
  }

  forget(attemptId: string): void {
    this.#unsaved.delete(attemptId);
  }

  /** Watches an attempt that this process started; `exited` settles with its shim's exit code. */
  follow(record: AttemptRecord, claim: TakenClaim, exited: Promise<number | null>): void {
    const live = newLiveAttempt(this.#from(record, claim), false);
    this.#live.set(live.attemptId, live);
    this.#schedule();
    void exited.then((code) => {
      live.shimCode = code;
      return this.#end(live);
    });
  }

  /** Watches an attempt found on disk; returns when it is known to live, or has been settled. */
  async adopt(record: AttemptRecord, claim: TakenClaim): Promise<void> {
    const live = newLiveAttempt(this.#from(record, claim), true);
    live.intent = await this.#options.files.readIntent(live.attemptId);
    if (live.intent) live.killAt = live.intent.at + live.intent.graceMs;
    this.#live.set(live.attemptId, live);
    this.#schedule();
    if (!this.#leaderIn(await this.#snapshots.take(), live)) await this.#end(live);
  }

  #from(record: AttemptRecord, claim: TakenClaim): WatchedFrom {
    return { directory: this.#options.files.directoryOf(record.attemptId), record, claim };
  }

  /** Asks a watched attempt to end, and sees to it that it does. */
  async stop(attemptId: string, intent: StopIntent): Promise<void> {
    const live = this.#live.get(attemptId);
    if (!live || live.ending) return;
    if (!live.intent) {
      if (await this.#options.files.readOutcome(attemptId)) return;
      live.intent ??= intent;
      // Without the note a worker after this one would call the end a plain signal: go on.
      await this.#options.files
        .writeIntent(attemptId, live.intent)
        .catch((error: unknown) => this.#warn(live, "could not note why it is stopped", error));
    }
    live.killAt = Math.min(live.killAt ?? Infinity, intent.at + intent.graceMs);
    if (intent.graceMs > 0) await this.#terminate(live);
    const waitMs = Math.min(Math.max(0, live.killAt - Date.now()), longestTimerMs);
    setTimeout(() => void this.#kill(live), waitMs).unref();
  }

  async #terminate(live: LiveAttempt): Promise<void> {
    const table = await this.#snapshots.take();
    if (!this.#leaderIn(table, live)) return;
    sendSignal(-live.pid, "SIGTERM");
    for (const entry of membersAndEscapedOf(table, live)) {
      if (entry.group !== live.pid) sendSignal(entry.pid, "SIGTERM");
    }
    // A process that is suspended would not see the signal.
    sendSignal(-live.pid, "SIGCONT");
  }

  /** Kills all but the shim, which records the end; if more and more appear, that one too. */
  async #kill(live: LiveAttempt): Promise<void> {
    if (live.killing || live.ending || this.#closed) return;
    live.killing = true;
    for (let round = 0; round < killRounds; round += 1) {
      const table = await this.#snapshots.take();
      if (!this.#leaderIn(table, live)) return;
      const members = membersAndEscapedOf(table, live);
      if (members.length === 0) return;
      for (const entry of members) sendSignal(entry.pid, "SIGKILL");
      await sleep(killRoundMs, undefined, { ref: false });
    }
    sendSignal(-live.pid, "SIGKILL");
  }

  #schedule(): void {
    if (this.#timer || this.#closed || this.#live.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#tick()
        .catch((error: unknown) => this.#options.log.error({ err: error }, "sampling failed"))
        .finally(() => {
          this.#timer = undefined;
          this.#schedule();
        });
    }, sampleEveryMs).unref();
  }

  async #tick(): Promise<void> {
    const table = await this.#snapshots.take();
    if (this.#closed) return;
    const oomKills = readOomKills();
    this.#sampleGpus();
    for (const live of this.#live.values()) {
      if (live.ending) continue;
      if (!this.#leaderIn(table, live)) {
        // A child of this process tells its exit by itself, with its code.
        if (live.adopted || live.shimCode !== undefined) void this.#end(live);
        continue;
      }
      takeSample(live, table, oomKills);
      this.#enforce(live, table);
    }
  }

  #enforce(live: LiveAttempt, table: ProcessTable): void {
    const now = Date.now();
    const { wallMs, memoryBytes, graceMs } = live.record.limits;
    if (live.killAt !== undefined) {
      if (live.killAt <= now) void this.#kill(live);
      return;
    }
    const excess = excessMemoryOf(live, table);
    if (excess !== undefined && memoryBytes !== undefined) {
      const used = `used ${bytesInWords(excess)} of ${bytesInWords(memoryBytes)}`;
      this.#stopByLimit(live, "out-of-memory", {
        graceMs: 0,
        detail: `killed: out of memory (${used})`,
      });
    } else if (wallMs !== undefined && live.startedAt.getTime() + wallMs <= now) {
      this.#stopByLimit(live, "timeout", { graceMs, detail: "" });
    }
  }

  #stopByLimit(
    live: LiveAttempt,
    reason: StopReason,
    { graceMs, detail }: { graceMs: number; detail: string },
  ): void {
    this.stop(live.attemptId, { reason, at: Date.now(), graceMs, detail }).catch((error: unknown) =>
      this.#warn(live, "could not stop it at its limit", error),
    );
  }

  #sampleGpus(): void {
    const wanted = [...this.#live.values()].some((live) => live.record.gpuIndexes.length > 0);
    if (!wanted || Date.now() - this.#gpus.at < gpuSampleEveryMs) return;
    this.#gpus = { at: Date.now(), usage: this.#gpus.usage };
    void this.#options.readGpus().then((usage) => {
      this.#gpus = { at: Date.now(), usage };
    });
  }

  #end(live: LiveAttempt): Promise<void> {
    live.ending ??= this.#settle(live).catch((error: unknown) => {
      this.#warn(live, "could not settle it yet", error);
      live.ending = undefined;
    });
    return live.ending;
  }

  async #settle(live: LiveAttempt): Promise<void> {
    const { files } = this.#options;
    const sameBoot = this.#isThisBoot(live);
    const outcome = (await files.readOutcome(live.attemptId)) ?? unrecordedOutcome(live.shimCode);
    const survivors = sameBoot ? await this.#clear(live, outcome !== undefined) : [];
    const described = describeEnd({
      attemptId: live.attemptId,
      limits: live.record.limits,
      startedAt: live.startedAt,
      pid: live.pid,
      outcome,
      intent: live.intent,
      oomKillsBefore: live.oomKills[0],
      now: new Date(),
      sameBoot,
      logDiskFull: await isDiskFull(live.directory),
    });
    if (this.#closed) return;
    const status = withSurvivors(described, survivors);
    await files.writeFinal(status).catch((error: unknown) => {
      this.#warn(live, "could not write down how it ended", error);
      this.#unsaved.set(live.attemptId, status);
    });
    this.#live.delete(live.attemptId);
    this.#options.onChange(live.attemptId);
  }

  /** Ends what a command left behind; returns what even SIGKILL does not end. */
  async #clear(live: LiveAttempt, gentle: boolean): Promise<ProcessEntry[]> {
    const killFrom = gentle && !live.adopted ? leftoverGraceMs / killRoundMs : 0;
    for (let round = 0; round < killRounds; round += 1) {
      const members = membersAndEscapedOf(await this.#snapshots.take(), live);
      if (members.length === 0) return [];
      const signal = round < killFrom ? "SIGTERM" : "SIGKILL";
      if (round === 0 || signal === "SIGKILL") {
        for (const entry of members) sendSignal(entry.pid, signal);
      }
      await sleep(killRoundMs, undefined, { ref: false });
    }
    return membersAndEscapedOf(await this.#snapshots.take(), live);
  }

  #leaderIn(table: ProcessTable, live: LiveAttempt): ProcessEntry | undefined {
    return this.#isThisBoot(live) ? leaderOf(table, live) : undefined;
  }

  #isThisBoot(live: LiveAttempt): boolean {
    return live.record.bootId === this.#bootId;
  }

  #warn(live: LiveAttempt, message: string, error: unknown): void {
    this.#options.log.warn({ err: error, attempt: live.attemptId }, message);
  }
}

/** The shim exits with its command's code, so that one that could not be recorded is not lost. */
function unrecordedOutcome(shimCode: number | null | undefined): Outcome | undefined {
  if (shimCode === null || shimCode === undefined) return undefined;
  return { exitCode: shimCode, oomKills: readOomKills(), at: new Date() };
}

function withSurvivors(status: AttemptStatus, survivors: ProcessEntry[]): AttemptStatus {
  if (survivors.length === 0) return status;
  const pids = survivors.map((entry) => entry.pid).join(", ");
  return {
    ...status,
    detail: `${status.detail}; it left processes that cannot be killed: ${pids}`,
  };
}

async function isDiskFull(directory: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize < fullDiskBytes;
}
