import { setTimeout as sleep } from "node:timers/promises";

/** Ends that are further apart have nothing to do with each other. */
const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Decides how soon a process that ended is started again. It always is: what keeps it down, a full
 * disk or a taken port, may pass, and jobs that run are worth waiting for.
 */
export class Restarts {
  #ends = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** How long to wait: not at all after the first end, longer after each that follows soon. */
  next(now: number): number {
    this.#ends = now - this.#last < WINDOW_MS ? this.#ends + 1 : 1;
    this.#last = now;
    if (this.#ends === 1) return 0;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#ends - 1));
  }

  async pause(signal: AbortSignal): Promise<void> {
    const ms = this.next(performance.now());
    if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
