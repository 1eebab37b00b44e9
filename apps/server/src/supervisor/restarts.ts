import { setTimeout as sleep } from "node:timers/promises";

/** A process that ends so often within the window is given up. */
const MOST = 5;
const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 250;

/** Decides whether, and how soon, a process that ended is started again. */
export class Restarts {
  readonly #name: string;
  readonly #ends: number[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Waits as long as it is wise to: not at all after the first end, longer after each that follows
   * soon. Throws, saying why, when it is of no use any more.
   */
  async pause(how: string, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#ends.push(now);
    const recent = this.#ends.filter((at) => now - at < WINDOW_MS).length;
    if (recent > MOST) {
      throw new Error(
        `${this.#name} ended ${recent} times within a minute and is given up. The last time: ${how}`,
      );
    }
    if (recent > 1) {
      await sleep(FIRST_PAUSE_MS * 2 ** (recent - 1), undefined, { signal }).catch(() => undefined);
    }
  }
}
