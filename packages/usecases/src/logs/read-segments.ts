import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type LogLine, LogStream } from "@tessera/contracts/log";
import type { Context } from "../platform/platform.ts";

const expand = promisify(gunzip);

interface SegmentRow {
  readonly seq: number;
  readonly attempt: number;
  readonly stream: string;
  readonly line_count: number;
  readonly at: Date;
  readonly data: Buffer;
}

/** One piece of a log, expanded. */
export interface Segment {
  readonly attempt: number;
  readonly stream: LogStream;
  readonly firstLine: number;
  readonly lineCount: number;
  readonly at: string;
  readonly bytes: Buffer;
}

const COLUMNS = "seq, attempt, stream, line_count, at, data";

async function open(row: SegmentRow): Promise<Omit<Segment, "firstLine">> {
  return {
    attempt: row.attempt,
    stream: LogStream.parse(row.stream),
    lineCount: row.line_count,
    at: row.at.toISOString(),
    bytes: await expand(row.data),
  };
}

/** A workload's log, or one stream of it, whose lines are then counted alone. */
export interface LogOf {
  readonly workloadId: string;
  readonly stream?: LogStream | undefined;
}

interface Place {
  readonly seq: number;
  readonly first_line: string;
}

/** The segment that holds a line, or the last one before it. */
async function findPlace(ctx: Context, log: LogOf, line: number): Promise<Place | undefined> {
  const { workloadId, stream } = log;
  const { rows } = await (stream === undefined
    ? ctx.db.pool.query<Place>(
        `SELECT seq, first_line FROM log_segment
         WHERE workload_id = $1 AND first_line <= $2 ORDER BY first_line DESC, seq DESC LIMIT 1`,
        [workloadId, line],
      )
    : ctx.db.pool.query<Place>(
        `SELECT seq, first_line FROM (
           SELECT seq, sum(line_count) OVER (ORDER BY seq) - line_count AS first_line
           FROM log_segment WHERE workload_id = $1 AND stream = $3) AS counted
         WHERE first_line <= $2 ORDER BY seq DESC LIMIT 1`,
        [workloadId, line, stream],
      ));
  return rows[0];
}

/** Segments in order, from the one that holds `fromLine` on; one at a time is in memory. */
export async function* readSegments(
  ctx: Context,
  log: LogOf,
  fromLine: number,
): AsyncGenerator<Segment> {
  const place = await findPlace(ctx, log, fromLine);
  let from = place?.seq ?? 0;
  let firstLine = Number(place?.first_line ?? 0);
  for (;;) {
    const { rows } = await ctx.db.pool.query<SegmentRow>(
      `SELECT ${COLUMNS} FROM log_segment WHERE workload_id = $1 AND seq >= $2
         AND ($3::text IS NULL OR stream = $3) ORDER BY seq LIMIT 1`,
      [log.workloadId, from, log.stream ?? null],
    );
    const [row] = rows;
    if (row === undefined) return;
    yield { ...(await open(row)), firstLine };
    firstLine += row.line_count;
    from = row.seq + 1;
  }
}

/** What a terminal would show of a line in the end: what follows its last carriage return. */
function shown(text: string): string {
  const trimmed = text.endsWith("\r") ? text.slice(0, -1) : text;
  return trimmed.slice(trimmed.lastIndexOf("\r") + 1);
}

/** The lines of a segment; invalid UTF-8 becomes replacement characters. */
export function linesOf(segment: Segment): LogLine[] {
  const texts = segment.bytes.toString("utf8").split("\n");
  if (texts.at(-1) === "") texts.pop();
  return texts.map((text, index) => ({
    number: segment.firstLine + index,
    attempt: segment.attempt,
    stream: segment.stream,
    at: segment.at,
    text: shown(text),
  }));
}

/** How many lines a log has so far. */
export async function countLogLines(ctx: Context, { workloadId, stream }: LogOf): Promise<number> {
  const { rows } = await (stream === undefined
    ? ctx.db.pool.query<{ total: string }>(
        `SELECT first_line + line_count AS total FROM log_segment
         WHERE workload_id = $1 ORDER BY seq DESC LIMIT 1`,
        [workloadId],
      )
    : ctx.db.pool.query<{ total: string | null }>(
        `SELECT sum(line_count) AS total FROM log_segment WHERE workload_id = $1 AND stream = $2`,
        [workloadId, stream],
      ));
  return Number(rows[0]?.total ?? 0);
}
