import { appendBuildLog } from "@tessera/usecases/environments/build-steps";
import type { Context } from "@tessera/usecases/platform/platform";

const FLUSH_MS = 300;

/** Collects a build's lines and writes them a few times a second, in order. */
export class BuildLog {
  readonly #ctx: Context;
  readonly #revisionId: string;
  #waiting = "";
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(ctx: Context, revisionId: string) {
    this.#ctx = ctx;
    this.#revisionId = revisionId;
  }

  readonly line = (text: string): void => {
    this.#waiting += `${text}\n`;
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  };

  /** Writes what is left. */
  async end(): Promise<void> {
    this.#flush();
    await this.#last;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = "";
    if (text === "") return;
    this.#last = this.#last
      .then(() => appendBuildLog(this.#ctx, this.#revisionId, text))
      .catch((error: unknown) => this.#ctx.log.warn({ err: error }, "A build's log is not whole"));
  }
}
