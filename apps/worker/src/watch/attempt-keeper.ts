import { listNodeAttempts } from "@tessera/usecases/jobs/list-node-attempts";
import { recordSystemSamples } from "@tessera/usecases/logs/record-system-samples";
import { setTimeout as sleep } from "node:timers/promises";
import { GRACE_MS } from "../launch/launch-attempt.ts";
import { Turnstile } from "../launch/turnstile.ts";
import { type AttemptSurroundings, KeptAttempt } from "./kept-attempt.ts";

interface KeeperOptions extends Pick<AttemptSurroundings, "ctx" | "site" | "complaints"> {
  readonly nodeId: string;
}

/** Launches at once: each takes a database connection and starts processes. */
const LAUNCHES = 6;

/** After the grace of jobs that are stopped, for the writing down of their ends. */
const CLOSE_MARGIN_MS = 5000;
const CLOSE_LOOK_MS = 50;

/**
 * Brings each attempt of a node through its life. The database says which attempts there are; the
 * executor says what they do; this keeps the two in step, also after a restart.
 */
export class AttemptKeeper {
  readonly #around: AttemptSurroundings;
  readonly #nodeId: string;
  readonly #kept = new Map<string, KeptAttempt>();
  #refreshing: Promise<void> | undefined;
  readonly #closing = new AbortController();

  constructor({ nodeId, ...options }: KeeperOptions) {
    this.#around = {
      ...options,
      launches: new Turnstile(LAUNCHES),
      closing: this.#closing.signal,
    };
    this.#nodeId = nodeId;
  }

  /** Ids of the attempts that are here. */
  get attempts(): string[] {
    return [...this.#kept.keys()];
  }

  /** Takes over what an earlier worker of this node left; to be called before any dispatch. */
  async adopt(): Promise<void> {
    for (const attempt of await listNodeAttempts(this.#around.ctx, this.#nodeId)) {
      this.#kept.set(attempt.id, new KeptAttempt(attempt, this.#around, true));
    }
    await Promise.all([...this.#kept.values()].map((kept) => kept.look()));
    await this.tick();
  }

  /** Launches attempts that were placed on this node since; returns before they run. */
  async launchPlaced(): Promise<void> {
    // A look at the database that has begun may not see what its caller wrote: look again then.
    await this.#refreshing?.catch(() => undefined);
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  /** One look at everything: what is new, cancellations, ends, output. */
  async tick(): Promise<void> {
    await this.launchPlaced();
    for (const kept of this.#kept.values()) this.#look(kept);
  }

  /** The executor says that an attempt changed. */
  noticed(attemptId: string): void {
    const kept = this.#kept.get(attemptId);
    if (kept) this.#look(kept);
  }

  /** Asks the executor to end a workload's attempt, if it is here. */
  async stopWorkload(workloadId: string): Promise<void> {
    const here = [...this.#kept.values()].filter(
      ({ attempt }) => attempt.workloadId === workloadId,
    );
    await Promise.all(here.map((kept) => kept.stop()));
  }

  /** Ends everything that runs here and settles it; what was cut off is queued again. */
  async close(): Promise<void> {
    this.#closing.abort();
    const deadline = performance.now() + GRACE_MS + CLOSE_MARGIN_MS;
    await this.#refreshing?.catch(() => undefined);
    // What was placed here at the last moment is given back too.
    await this.#refresh().catch((error: unknown) =>
      this.#around.complaints.note("close", error, "What was placed here cannot be looked up"),
    );
    for (const kept of this.#kept.values()) void kept.stop();
    while (this.#kept.size > 0 && performance.now() < deadline) {
      for (const kept of this.#kept.values()) this.#look(kept);
      await sleep(CLOSE_LOOK_MS);
    }
  }

  /** Keeps what the running attempts use now. */
  async sample(): Promise<void> {
    const samples = [...this.#kept.values()].flatMap(({ attempt, usage }) =>
      usage === undefined
        ? []
        : [
            {
              workloadId: attempt.workloadId,
              cpuPercent: usage.cpuPercent,
              memoryBytes: usage.rssBytes,
            },
          ],
    );
    if (samples.length > 0) await recordSystemSamples(this.#around.ctx, samples);
  }

  #look(kept: KeptAttempt): void {
    void kept.look().then(() => {
      if (kept.over) this.#kept.delete(kept.attempt.id);
    });
  }

  async #refresh(): Promise<void> {
    const attempts = await listNodeAttempts(this.#around.ctx, this.#nodeId);
    for (const attempt of attempts) {
      const kept = this.#kept.get(attempt.id);
      if (kept === undefined) this.#launch(new KeptAttempt(attempt, this.#around, false));
      else if (attempt.cancelRequested) void kept.stop();
    }
    const wanted = new Set(attempts.map(({ id }) => id));
    for (const [id, kept] of this.#kept) if (!wanted.has(id)) void kept.forsake();
  }

  #launch(kept: KeptAttempt): void {
    this.#kept.set(kept.attempt.id, kept);
    this.#look(kept);
  }
}
