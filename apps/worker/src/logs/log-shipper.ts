import type { Executor } from "@tessera/compute/executor";
import { appendLog, shippedBytes } from "@tessera/usecases/logs/append-log";
import type { Context } from "@tessera/usecases/platform/platform";
import { wholeCharacters } from "./whole-characters.ts";

const PIECE = 256 * 1024;
/** A line longer than this is kept in pieces. */
const LONGEST_LINE = 64 * 1024;
/** Output without a newline is shown once it is so old, as a prompt or a progress bar is. */
const STALE_MS = 700;
/** Pieces of each stream that one call ships while the command runs: it may write for ever. */
const MOST_PIECES = 64;
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
 * worker that takes over neither loses nor doubles a byte. Calls must not overlap.
 */
export class LogShipper {
  readonly #ctx: Context;
  readonly #executor: Executor;
  readonly #attempt: Attempt;
  /** Asked of the database at the start, and again after a fault: it may have kept the piece. */
  #positions: Record<Stream, Position> | undefined;

  constructor(ctx: Context, executor: Executor, attempt: Attempt) {
    this.#ctx = ctx;
    this.#executor = executor;
    this.#attempt = attempt;
  }

  /** Ships what there is; "all" once the command has ended: to the last byte. */
  async ship(what: "some" | "all"): Promise<void> {
    try {
      let waiting: readonly Stream[] = streams;
      for (let round = 0; waiting.length > 0; round += 1) {
        if (what === "some" && round === MOST_PIECES) return;
        const more: Stream[] = [];
        for (const stream of waiting) if (await this.#shipPiece(stream, what)) more.push(stream);
        waiting = more;
      }
    } catch (error) {
      this.#positions = undefined;
      throw error;
    }
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
  async #shipPiece(stream: Stream, what: "some" | "all"): Promise<boolean> {
    const position = await this.#position(stream);
    const read = await this.#executor.readLog(this.#attempt.id, stream, {
      offset: position.offset,
      maxBytes: PIECE,
    });
    const length = this.#shippable(read, position, what);
    if (length === 0) return false;
    const { workloadId, number } = this.#attempt;
    const kept = await appendLog(this.#ctx, {
      workloadId,
      attempt: number,
      stream,
      byteOffset: position.offset,
      bytes: read.subarray(0, length),
    });
    if (!kept) throw new Error(`A piece of ${stream} at ${position.offset} was there already`);
    position.offset += length;
    position.partialSince = null;
    return length < read.length || read.length === PIECE;
  }

  #shippable(read: Buffer, position: Position, what: "some" | "all"): number {
    const whole = read.lastIndexOf(NEWLINE) + 1;
    if (whole > 0 || read.length === 0) return whole;
    if (read.length >= LONGEST_LINE) return wholeCharacters(read);
    if (what === "all") return read.length;
    const now = this.#ctx.clock.now().getTime();
    position.partialSince ??= now;
    return now - position.partialSince >= STALE_MS ? wholeCharacters(read) : 0;
  }
}
