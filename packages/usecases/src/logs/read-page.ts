import type { LogLine, LogPage } from "@tessera/contracts/log";
import type { Context } from "../platform/platform.ts";
import type { JobOfLog } from "./find-job-of-log.ts";
import { countLogLines, linesOf, type LogOf, readSegments } from "./read-segments.ts";

interface Part {
  readonly from: number;
  readonly limit: number;
}

/** Lines longer than this are cut in pages; the download has them whole. */
const LONGEST_LINE = 20_000;
/** Characters after which a page is full, whatever was asked for. */
const LARGEST_PAGE = 4_000_000;

/**
 * Lines from a number on. The job must have been read before: lines of an ended job are all there,
 * so that "complete" is never told too early.
 */
export async function readPage(
  ctx: Context,
  { job, log }: { readonly job: JobOfLog; readonly log: LogOf },
  part: Part,
): Promise<LogPage> {
  const total = await countLogLines(ctx, log);
  const from = part.from < 0 ? Math.max(0, total + part.from) : part.from;
  const lines = from < total ? await collect(ctx, log, { ...part, from }) : [];
  const reached = lines.at(-1)?.number ?? from - 1;
  return { lines, total, complete: job.ended && reached >= total - 1 };
}

async function collect(ctx: Context, log: LogOf, { from, limit }: Part): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  let size = 0;
  for await (const segment of readSegments(ctx, log, from)) {
    for (const line of linesOf(segment)) {
      if (line.number < from) continue;
      const text = cut(line.text);
      lines.push({ ...line, text });
      size += text.length;
      if (lines.length === limit || size >= LARGEST_PAGE) return lines;
    }
  }
  return lines;
}

function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}
