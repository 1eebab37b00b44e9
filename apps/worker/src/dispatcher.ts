import { dispatchWorkloads } from "@tessera/usecases/jobs/dispatch-workloads";
import type { Context } from "@tessera/usecases/platform/platform";
import type { AttemptKeeper } from "./watch/attempt-keeper.ts";

/** A retry that is due later than this is found by the regular pass. */
const LONGEST_TIMER_MS = 60_000;

/** Runs scheduling passes and launches what they placed here. */
export class Dispatcher {
  readonly #ctx: Context;
  readonly #keeper: AttemptKeeper;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(ctx: Context, keeper: AttemptKeeper) {
    this.#ctx = ctx;
    this.#keeper = keeper;
  }

  async pass(): Promise<void> {
    if (this.#closed) return;
    const { placed, nextInMs } = await dispatchWorkloads(this.#ctx);
    if (nextInMs !== null && nextInMs < LONGEST_TIMER_MS) this.#passAgainIn(nextInMs);
    if (placed > 0) await this.#keeper.launchPlaced();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #passAgainIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.pass().catch((error: unknown) =>
        this.#ctx.log.warn({ err: error }, "A scheduling pass failed; another follows"),
      );
    }, ms + 20);
  }
}
