import type { AttemptStatus, AttemptUsage } from "@tessera/compute/executor";
import type { NodeAttempt } from "@tessera/usecases/jobs/list-node-attempts";
import { markAttemptRunning } from "@tessera/usecases/jobs/mark-attempt-running";
import { prepareLaunch } from "@tessera/usecases/jobs/prepare-launch";
import { settleAttempt } from "@tessera/usecases/jobs/settle-attempt";
import type { Context } from "@tessera/usecases/platform/platform";
import { GRACE_MS, launchAttempt, type LaunchSite, workFolder } from "../launch/launch-attempt.ts";
import { launchFailure } from "../launch/launch-failure.ts";
import { removeWorkFolder } from "../launch/remove-work-folder.ts";
import { LogShipper } from "../logs/log-shipper.ts";
import type { Turnstile } from "../launch/turnstile.ts";
import type { Complaints } from "./complaints.ts";

export interface AttemptSurroundings {
  readonly ctx: Context;
  readonly site: LaunchSite;
  readonly complaints: Complaints;
  readonly launches: Turnstile;
  /** Aborts when nothing may be launched any more. */
  readonly closing: AbortSignal;
}

/**
 * One attempt on its way through its life: launched, followed, settled. All that is done about it
 * is done in one queue, so that no two steps ever meet; a step that fails is taken again at the
 * next look. Nothing here throws.
 */
export class KeptAttempt {
  readonly attempt: NodeAttempt;
  readonly #around: AttemptSurroundings;
  readonly #shipper: LogShipper;
  /** The executor has been asked to start it, by this process or an earlier one. */
  #launched: boolean;
  #running: boolean;
  #stopAsked = false;
  /** The executor's answer to that. */
  #stopping: Promise<void> | undefined;
  /** It was taken from this node: it is ended, and nothing is told of it. */
  #forsaken = false;
  /** How it ended, once that is known; what is left is to write it down. */
  #end: AttemptStatus | undefined;
  #over = false;
  #usage: AttemptUsage | undefined;
  #again = false;
  #looking: Promise<void> | undefined;

  constructor(attempt: NodeAttempt, around: AttemptSurroundings, launched: boolean) {
    this.attempt = attempt;
    this.#around = around;
    this.#launched = launched;
    this.#running = attempt.state === "running";
    this.#shipper = new LogShipper(around.ctx, around.site.executor, attempt);
  }

  /** Whether it is settled and its files are gone. */
  get over(): boolean {
    return this.#over;
  }

  /** What it uses, as of the last look; undefined unless it runs. */
  get usage(): AttemptUsage | undefined {
    return this.#running && !this.#over ? this.#usage : undefined;
  }

  /** Does what there is to do; resolves when nothing is left to do for now. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#work().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Asks the executor to end it. */
  async stop(graceMs = GRACE_MS): Promise<void> {
    if (this.#stopAsked || this.#over) return;
    this.#stopAsked = true;
    try {
      this.#stopping = this.#around.site.executor.stop(this.attempt.id, {
        graceMs,
        reason: "cancelled",
      });
      await this.#stopping;
    } catch (error) {
      this.#stopAsked = false;
      this.#complain(error);
    }
  }

  /** Ends one that is not this node's any more, so that it does not run in two places. */
  async forsake(): Promise<void> {
    this.#forsaken = true;
    await this.stop(0);
    await this.look();
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#over) {
      this.#again = false;
      try {
        await this.#step();
      } catch (error) {
        this.#complain(error);
      }
    }
  }

  async #step(): Promise<void> {
    if (!this.#launched) this.#end ??= await this.#around.launches.pass(() => this.#launch());
    if (this.#end === undefined) {
      const [status] = await this.#around.site.executor.observe([this.attempt.id]);
      if (status !== undefined) await this.#follow(status);
    }
    if (this.#end !== undefined) await this.#settle(this.#end);
  }

  /** Answers how it ended if it did not come to run. */
  async #launch(): Promise<AttemptStatus | undefined> {
    const { ctx, site, closing } = this.#around;
    const { id } = this.attempt;
    if (closing.aborted) return this.#giveUp(stoppedEarly);
    // Until here nothing was done that could not be done again at the next look.
    const launch = await prepareLaunch(ctx, id);
    this.#launched = true;
    if (launch === null) return this.#giveUp(cancelledEarly);
    try {
      await launchAttempt(ctx, site, launch);
      return undefined;
    } catch (error) {
      if (this.#stopAsked) return this.#giveUp(stoppedEarly);
      const failure = launchFailure(error);
      if (!failure.expected) ctx.log.error({ err: error, attempt: id }, "A job was not started");
      return this.#giveUp(failure);
    }
  }

  /** Sees to it that it never starts. It may have come to run all the same: then it is followed. */
  async #giveUp({ cause, detail }: NotStarted): Promise<AttemptStatus | undefined> {
    const attemptId = this.attempt.id;
    this.#launched = true;
    const { executor } = this.#around.site;
    await executor.stop(attemptId, { graceMs: 0, reason: "cancelled" });
    const [status] = await executor.observe([attemptId]);
    return status?.phase === "absent" ? { attemptId, phase: "exited", cause, detail } : undefined;
  }

  async #follow(status: AttemptStatus): Promise<void> {
    this.#usage = status.usage;
    switch (status.phase) {
      case "starting":
        return;
      case "absent":
        this.#end = { ...status, cause: "lost", detail: "the worker ended before it started" };
        return;
      case "running":
        if (this.#forsaken) return;
        await this.#noteRunning(status);
        await this.#shipper.ship("some");
        return;
      case "exited":
        if (this.#forsaken) return this.#discard();
        if (status.cause !== "start-failed") await this.#noteRunning(status);
        await this.#shipper.ship("all");
        this.#end = status;
        return;
      default:
        status.phase satisfies never;
    }
  }

  async #noteRunning({ startedAt }: AttemptStatus): Promise<void> {
    if (this.#running) return;
    const { ctx } = this.#around;
    const { id, workloadId } = this.attempt;
    await markAttemptRunning(ctx, {
      attemptId: id,
      workloadId,
      startedAt: startedAt ?? ctx.clock.now(),
    });
    this.#running = true;
  }

  async #settle(end: AttemptStatus): Promise<void> {
    const { ctx } = this.#around;
    const { id, workloadId } = this.attempt;
    await settleAttempt(ctx, {
      attemptId: id,
      workloadId,
      cause: end.cause ?? "lost",
      exitCode: end.exitCode ?? null,
      signal: end.signal ?? null,
      endedAt: end.endedAt ?? ctx.clock.now(),
      detail: end.detail === "" ? "it ended without a word" : end.detail,
    });
    await this.#discard();
  }

  async #discard(): Promise<void> {
    const { site } = this.#around;
    this.#over = true;
    // To stop what is gone marks it as never to be started: that mark must not outlive it.
    await this.#stopping?.catch(() => undefined);
    await site.executor.discard(this.attempt.id);
    await removeWorkFolder(workFolder(site, this.attempt.id));
  }

  #complain(error: unknown): void {
    const { id } = this.attempt;
    this.#around.complaints.note(`attempt ${id}`, error, "An attempt cannot be followed for now");
  }
}

interface NotStarted {
  readonly cause: "cancelled" | "start-failed" | "lost";
  readonly detail: string;
}

const cancelledEarly: NotStarted = { cause: "cancelled", detail: "cancelled before it started" };
const stoppedEarly: NotStarted = { cause: "cancelled", detail: "stopped before it started" };
