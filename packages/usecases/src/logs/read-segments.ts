import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type LogLine, LogStream } from "@tessera/contracts/log";
import type { Context } from "../platform/platform.ts";

const expand = promisify(gunzip);

interface SegmentRow {
  readonly seq: number;
  readonly attempt: number;
  readonly stream: string;
  readonly first_line: string;
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

const COLUMNS = "seq, attempt, stream, first_line, line_count, at, data";

async function open(row: SegmentRow): Promise<Segment> {
  return {
    attempt: row.attempt,
    stream: LogStream.parse(row.stream),
    firstLine: Number(row.first_line),
    lineCount: row.line_count,
    at: row.at.toISOString(),
    bytes: await expand(row.data),
  };
}

/** Segments in order, from the one that holds `fromLine` on; one at a time is in memory. */
export async function* readSegments(
  ctx: Context,
  workloadId: string,
  fromLine: number,
): AsyncGenerator<Segment> {
  let { rows } = await ctx.db.pool.query<SegmentRow>(
    `SELECT ${COLUMNS} FROM log_segment
     WHERE workload_id = $1 AND first_line <= $2 ORDER BY first_line DESC, seq DESC LIMIT 1`,
    [workloadId, fromLine],
  );
  for (let row = rows[0]; row !== undefined; row = rows[0]) {
    yield await open(row);
    ({ rows } = await ctx.db.pool.query<SegmentRow>(
      `SELECT ${COLUMNS} FROM log_segment WHERE workload_id = $1 AND seq > $2
       ORDER BY seq LIMIT 1`,
      [workloadId, row.seq],
    ));
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
export async function countLogLines(ctx: Context, workloadId: string): Promise<number> {
  const { rows } = await ctx.db.pool.query<{ total: string }>(
    `SELECT first_line + line_count AS total FROM log_segment
     WHERE workload_id = $1 ORDER BY seq DESC LIMIT 1`,
    [workloadId],
  );
  return Number(rows[0]?.total ?? 0);
}
