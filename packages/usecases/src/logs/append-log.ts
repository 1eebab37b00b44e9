import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

const compress = promisify(gzip);

interface LogPiece {
  readonly workloadId: string;
  /** Number of the attempt. */
  readonly attempt: number;
  readonly stream: "stdout" | "stderr";
  /** Where the piece starts in that attempt's stream. */
  readonly byteOffset: number;
  /** Whole lines; a last one without its newline counts as a line. */
  readonly bytes: Buffer;
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return bytes.at(-1) === 10 ? lines : lines + 1;
}

/**
 * Keeps a piece of output, unless there is one already that starts where it does.
 *
 * @returns whether it was kept. Whoever is told that it was not, or gets an error, knows no more
 *   how much is kept, and has to ask.
 */
export async function appendLog(ctx: Context, piece: LogPiece): Promise<boolean> {
  authorizeAccount(ctx, "platform.administer");
  if (piece.bytes.length === 0) return true;
  const data = await compress(piece.bytes, { level: 1 });
  const { rowCount } = await ctx.db.pool.query(
    `INSERT INTO log_segment (workload_id, seq, attempt, stream, byte_offset, byte_length,
                              first_line, line_count, data)
     SELECT $1, coalesce(max(seq), -1) + 1, $2, $3, $4, $5,
            coalesce((array_agg(first_line + line_count ORDER BY seq DESC))[1], 0), $6, $7
     FROM (SELECT seq, first_line, line_count FROM log_segment
           WHERE workload_id = $1 ORDER BY seq DESC LIMIT 1) AS latest
     ON CONFLICT (workload_id, attempt, stream, byte_offset) DO NOTHING`,
    [
      piece.workloadId,
      piece.attempt,
      piece.stream,
      piece.byteOffset,
      piece.bytes.length,
      countLines(piece.bytes),
      data,
    ],
  );
  return rowCount === 1;
}

/** How much of an attempt's streams is kept: where shipping goes on after a restart. */
export async function shippedBytes(
  ctx: Context,
  { workloadId, attempt }: { workloadId: string; attempt: number },
): Promise<{ stdout: number; stderr: number }> {
  authorizeAccount(ctx, "platform.administer");
  const { rows } = await ctx.db.pool.query<{ stream: string; end: string }>(
    `SELECT stream, max(byte_offset + byte_length) AS "end" FROM log_segment
     WHERE workload_id = $1 AND attempt = $2 GROUP BY stream`,
    [workloadId, attempt],
  );
  const endOf = (stream: string) => Number(rows.find((row) => row.stream === stream)?.end ?? 0);
  return { stdout: endOf("stdout"), stderr: endOf("stderr") };
}
