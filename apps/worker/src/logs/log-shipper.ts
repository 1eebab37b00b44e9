import type { Executor } from "@tessera/compute/executor";
import { appendLog, appendSystemLine, shippedBytes } from "@tessera/usecases/logs/append-log";
import type { Context } from "@tessera/usecases/platform/platform";

const PIECE = 256 * 1024;
/** A line longer than this is kept in pieces. */
const LONGEST_LINE = 64 * 1024;
/** Output without a newline is shown once it is so old, as a prompt or a progress bar is. */
const STALE_MS = 700;
const NEWLINE = 10;

const streams = ["stdout", "stderr"] as const;
type Stream = (typeof streams)[number];

interface Position {
  offset: number;
  /** Since when there is output that has no newline yet. */
  partialSince: number | null;
}

interface Attempt {
  readonly id: string;
  readonly workloadId: string;
  readonly number: number;
}

/**
 * Brings one attempt's output into the database, piece by piece, from where it was left; so a
 * worker that takes over neither loses nor doubles a byte.
 */
export class LogShipper {
  readonly #ctx: Context;
  readonly #executor: Executor;
  readonly #attempt: Attempt;
  #positions: Record<Stream, Position> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(ctx: Context, executor: Executor, attempt: Attempt) {
    this.#ctx = ctx;
    this.#executor = executor;
    this.#attempt = attempt;
  }

  /** Ships what there is; with `ended`, to the last byte. Calls run one after another. */
  ship(ended: boolean): Promise<void> {
    return this.#serially(async () => {
      for (const stream of streams) while (await this.#shipPiece(stream, ended));
    });
  }

  /** Adds a line of the platform's own. */
  note(text: string): Promise<void> {
    const { workloadId, number } = this.#attempt;
    return this.#serially(() => appendSystemLine(this.#ctx, { workloadId, attempt: number, text }));
  }

  #serially(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #position(stream: Stream): Promise<Position> {
    if (this.#positions === undefined) {
      const { workloadId, number } = this.#attempt;
      const shipped = await shippedBytes(this.#ctx, { workloadId, attempt: number });
      this.#positions = {
        stdout: { offset: shipped.stdout, partialSince: null },
        stderr: { offset: shipped.stderr, partialSince: null },
      };
    }
    return this.#positions[stream];
  }

  /** Says whether there may be more at once. */
  async #shipPiece(stream: Stream, ended: boolean): Promise<boolean> {
    const position = await this.#position(stream);
    const read = await this.#executor.readLog(this.#attempt.id, stream, {
      offset: position.offset,
      maxBytes: PIECE,
    });
    if (read.length === 0) return false;
    const length = this.#shippable(read, position, ended);
    if (length === 0) return false;
    const { workloadId, number } = this.#attempt;
    await appendLog(this.#ctx, {
      workloadId,
      attempt: number,
      stream,
      byteOffset: position.offset,
      bytes: read.subarray(0, length),
    });
    position.offset += length;
    position.partialSince = null;
    return length === read.length ? read.length === PIECE : length > 0;
  }

  #shippable(read: Buffer, position: Position, ended: boolean): number {
    const whole = read.lastIndexOf(NEWLINE) + 1;
    if (whole > 0) return whole;
    if (ended || read.length >= LONGEST_LINE) return read.length;
    const now = this.#ctx.clock.now().getTime();
    position.partialSince ??= now;
    return now - position.partialSince >= STALE_MS ? read.length : 0;
  }
}
