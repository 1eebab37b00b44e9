import pg, { type Pool } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import { appendChecked } from "./append-points.ts";
import { checkRunPoints, type RunPoints } from "./point.ts";

export interface PointWriter {
  /**
   * Appends points and resolves once they are committed. Throws `invalid_argument` for points that
   * cannot be stored and `unavailable` when too many wait or the writer is closed.
   */
  append(write: RunPoints): Promise<void>;
  /** Takes no more, and resolves when what was taken is committed. */
  close(): Promise<void>;
}

export interface PointWriterOptions {
  /** Points in one commit, unless a single call has more. */
  readonly commitPoints?: number;
  /** Points that may wait. */
  readonly waitingPoints?: number;
}

interface Waiting {
  readonly write: RunPoints;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what many callers append while one commit is under way goes into the next. A caller
 * alone is committed at once.
 */
export function createPointWriter(pool: Pool, options: PointWriterOptions = {}): PointWriter {
  const { commitPoints = 5_000, waitingPoints = 100_000 } = options;
  let waiting: Waiting[] = [];
  let points = 0;
  let running: Promise<void> | undefined;
  let closed = false;

  const takeGroup = (): Waiting[] => {
    let size = 0;
    let length = 0;
    for (const { write } of waiting) {
      size += write.points.length;
      if (length > 0 && size > commitPoints) break;
      length++;
    }
    const group = waiting.slice(0, length);
    waiting = waiting.slice(length);
    for (const { write } of group) points -= write.points.length;
    return group;
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) await commit(pool, takeGroup());
    running = undefined;
  };

  return {
    append: async (write) => {
      checkRunPoints(write);
      if (closed) throw new PlatformError("unavailable", "The metric store is shutting down");
      if (points > 0 && points + write.points.length > waitingPoints) {
        throw new PlatformError("unavailable", "Too many metrics wait to be written; try again");
      }
      points += write.points.length;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ write, resolve, reject });
        running ??= run();
      });
    },
    close: async () => {
      closed = true;
      await running;
    },
  };
}

async function commit(pool: Pool, group: readonly Waiting[]): Promise<void> {
  try {
    await appendChecked(
      pool,
      group.map(({ write }) => write),
    );
    for (const { resolve } of group) resolve();
  } catch (error) {
    const [first] = group;
    // What PostgreSQL refused may be one caller's alone: the others need not suffer for it.
    if (group.length > 1 && error instanceof pg.DatabaseError) {
      for (const one of group) await commit(pool, [one]);
    } else if (first !== undefined) for (const { reject } of group) reject(error);
  }
}
