import { rm } from "node:fs/promises";
import type { AttemptStatus, Executor } from "@tessera/compute/executor";
import { PlatformError } from "@tessera/contracts/errors";
import { listNodeAttempts, type NodeAttempt } from "@tessera/usecases/jobs/list-node-attempts";
import { markAttemptRunning } from "@tessera/usecases/jobs/mark-attempt-running";
import { settleAttempt } from "@tessera/usecases/jobs/settle-attempt";
import { recordSystemSamples } from "@tessera/usecases/logs/record-system-samples";
import type { Context } from "@tessera/usecases/platform/platform";
import { GRACE_MS, launchAttempt, type LaunchSite, workFolder } from "../launch/launch-attempt.ts";
import { LogShipper } from "../logs/log-shipper.ts";

interface Kept {
  readonly attempt: NodeAttempt;
  readonly shipper: LogShipper;
  /** Launched by this process, or found when it started. */
  started: boolean;
  running: boolean;
  stopping: boolean;
  /** Work on this attempt that is under way; one thing at a time. */
  busy: Promise<void> | undefined;
}

interface KeeperOptions {
  readonly ctx: Context;
  readonly site: LaunchSite;
  readonly nodeId: string;
}

/**
 * Brings each attempt of a node through its life: launches it, follows it, ships its output,
 * stops it on request, settles it. The database says which attempts there are; the executor
 * says what they do; this keeps the two in step, also after a restart.
 */
export class AttemptKeeper {
  readonly #ctx: Context;
  readonly #site: LaunchSite;
  readonly #executor: Executor;
  readonly #nodeId: string;
  readonly #kept = new Map<string, Kept>();
  #closing = false;

  constructor({ ctx, site, nodeId }: KeeperOptions) {
    this.#ctx = ctx;
    this.#site = site;
    this.#executor = site.executor;
    this.#nodeId = nodeId;
  }

  /** Takes over what an earlier worker of this node left; to be called before any dispatch. */
  async adopt(): Promise<void> {
    for (const attempt of await listNodeAttempts(this.#ctx, this.#nodeId)) {
      this.#keep(attempt).started = true;
    }
    await this.tick();
  }

  /** Launches attempts that were placed on this node since. */
  async launchPlaced(): Promise<void> {
    await this.#refresh();
    for (const kept of this.#kept.values()) {
      if (!kept.started && !this.#closing) this.#launch(kept);
    }
  }

  /** One look at everything: cancellations, ends, output. */
  async tick(): Promise<void> {
    await this.launchPlaced();
    const started = [...this.#kept.values()].filter((kept) => kept.started && !kept.busy);
    const statuses = await this.#executor.observe(started.map((kept) => kept.attempt.id));
    for (const [index, status] of statuses.entries()) {
      const kept = started[index];
      if (kept) this.#occupy(kept, () => this.#follow(kept, status));
    }
  }

  /** The executor says that an attempt changed. */
  noticed(attemptId: string): void {
    const kept = this.#kept.get(attemptId);
    if (!kept?.started) return;
    void (async () => {
      await kept.busy;
      const [status] = await this.#executor.observe([attemptId]);
      if (status && this.#kept.has(attemptId)) {
        this.#occupy(kept, () => this.#follow(kept, status));
      }
    })().catch((error: unknown) => this.#complain(error, kept));
  }

  /** Asks the executor to end a workload's attempt, if it is here. */
  async stopWorkload(workloadId: string): Promise<void> {
    for (const kept of this.#kept.values()) {
      if (kept.attempt.workloadId === workloadId) await this.#stop(kept);
    }
  }

  /** Ends everything that runs here and settles it; what was cut off is queued again. */
  async close(): Promise<void> {
    this.#closing = true;
    const live = () => [...this.#kept.values()];
    await Promise.all(live().map(async (kept) => kept.busy));
    await Promise.all(live().map((kept) => this.#stop(kept)));
    const deadline = Date.now() + GRACE_MS + 5000;
    while (this.#kept.size > 0 && Date.now() < deadline) {
      await this.tick();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Samples what the running attempts use. */
  async sample(): Promise<void> {
    const running = [...this.#kept.values()].filter((kept) => kept.running);
    const statuses = await this.#executor.observe(running.map((kept) => kept.attempt.id));
    const samples = statuses.flatMap((status, index) => {
      const kept = running[index];
      if (!kept || !status.usage) return [];
      const { cpuPercent, rssBytes } = status.usage;
      return [{ workloadId: kept.attempt.workloadId, cpuPercent, memoryBytes: rssBytes }];
    });
    if (samples.length > 0) await recordSystemSamples(this.#ctx, samples);
  }

  #keep(attempt: NodeAttempt): Kept {
    const shipper = new LogShipper(this.#ctx, this.#executor, attempt);
    const kept: Kept = {
      attempt,
      shipper,
      started: false,
      running: attempt.state === "running",
      stopping: false,
      busy: undefined,
    };
    this.#kept.set(attempt.id, kept);
    return kept;
  }

  async #refresh(): Promise<void> {
    for (const attempt of await listNodeAttempts(this.#ctx, this.#nodeId)) {
      const kept = this.#kept.get(attempt.id) ?? this.#keep(attempt);
      if (attempt.cancelRequested && kept.started) await this.#stop(kept);
    }
  }

  #occupy(kept: Kept, work: () => Promise<void>): void {
    if (kept.busy) return;
    kept.busy = work()
      .catch((error: unknown) => this.#complain(error, kept))
      .finally(() => {
        kept.busy = undefined;
      });
  }

  #complain(error: unknown, kept: Kept): void {
    const attempt = kept.attempt.id;
    this.#ctx.log.error({ err: error, attempt }, "An attempt could not be followed; trying again");
  }

  #launch(kept: Kept): void {
    kept.started = true;
    this.#occupy(kept, async () => {
      try {
        await launchAttempt(this.#ctx, this.#site, kept.attempt.id);
      } catch (error) {
        await this.#settleUnstarted(kept, error);
        return;
      }
      const [status] = await this.#executor.observe([kept.attempt.id]);
      if (status) await this.#follow(kept, status);
    });
  }

  async #settleUnstarted(kept: Kept, error: unknown): Promise<void> {
    const known = error instanceof PlatformError && error.code !== "internal";
    if (!known) this.#complain(error, kept);
    await this.#executor.stop(kept.attempt.id, { graceMs: 0, reason: "cancelled" });
    await this.#settle(kept, {
      attemptId: kept.attempt.id,
      phase: "exited",
      cause: "start-failed",
      detail: known ? error.message : "the job could not be started; the worker's log has details",
    });
  }

  async #follow(kept: Kept, status: AttemptStatus): Promise<void> {
    switch (status.phase) {
      case "starting":
        return;
      case "absent":
        await this.#settle(kept, {
          ...status,
          cause: "lost",
          detail: "the worker was stopped before the command started",
        });
        return;
      case "running":
        await this.#noteRunning(kept, status);
        await kept.shipper.ship(false);
        return;
      case "exited":
        await kept.shipper.ship(true);
        await this.#settle(kept, status);
        return;
      default:
        status.phase satisfies never;
    }
  }

  async #noteRunning(kept: Kept, status: AttemptStatus): Promise<void> {
    if (kept.running) return;
    const { id, workloadId } = kept.attempt;
    const startedAt = status.startedAt ?? this.#ctx.clock.now();
    await markAttemptRunning(this.#ctx, { attemptId: id, workloadId, startedAt });
    kept.running = true;
  }

  async #stop(kept: Kept): Promise<void> {
    if (kept.stopping) return;
    await this.#executor.stop(kept.attempt.id, { graceMs: GRACE_MS, reason: "cancelled" });
    kept.stopping = true;
  }

  async #settle(kept: Kept, status: AttemptStatus): Promise<void> {
    const { id, workloadId } = kept.attempt;
    const detail = status.detail === "" ? "it ended without a word" : status.detail;
    if (status.exitCode !== 0) await kept.shipper.note(`tessera: ${detail}`);
    await settleAttempt(this.#ctx, {
      attemptId: id,
      workloadId,
      cause: status.cause ?? "lost",
      exitCode: status.exitCode ?? null,
      signal: status.signal ?? null,
      endedAt: status.endedAt ?? this.#ctx.clock.now(),
      detail,
    });
    this.#kept.delete(id);
    await this.#executor.discard(id);
    await rm(workFolder(this.#site, id), { recursive: true, force: true });
  }
}
