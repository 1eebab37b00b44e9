import type { Logger } from "@tessera/kit/logger";

const QUIET_MS = 30_000;
const MOST_KINDS = 1000;

/** Logs faults that come again many times a second, as in an outage, once per half minute each. */
export class Complaints {
  readonly #log: Logger;
  readonly #loggedAt = new Map<string, number>();

  constructor(log: Logger) {
    this.#log = log;
  }

  note(about: string, error: unknown, message: string): void {
    const now = performance.now();
    const before = this.#loggedAt.get(about);
    if (before !== undefined && now - before < QUIET_MS) return;
    if (this.#loggedAt.size >= MOST_KINDS) this.#loggedAt.clear();
    this.#loggedAt.set(about, now);
    this.#log.warn({ err: error, about }, `${message}; trying again`);
  }
}
