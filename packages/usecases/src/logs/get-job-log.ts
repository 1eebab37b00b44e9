import { WorkloadState } from "@tessera/contracts/job";
import type { LogLine, LogPage, LogStream } from "@tessera/contracts/log";
import { authorize } from "../identity/authorize.ts";
import { findJob } from "../jobs/get-job.ts";
import { isTerminal } from "../jobs/workload-state.ts";
import type { Context } from "../platform/platform.ts";
import { countLogLines, linesOf, type LogOf, readSegments } from "./read-segments.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  /** First line wanted; negative counts from the end. */
  readonly from: number;
  readonly limit: number;
  /** This stream alone. */
  readonly stream?: LogStream | undefined;
}

/** Lines longer than this are cut in pages; the download has them whole. */
const LONGEST_LINE = 20_000;

/** A page of a job's log. Its state is read first, so that "complete" is never told too early. */
export async function getJobLog(ctx: Context, input: Input): Promise<LogPage> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  const job = await findJob(ctx, project.id, input.id);
  const ended = isTerminal(WorkloadState.parse(job.state));
  const log = { workloadId: job.id, stream: input.stream };
  const total = await countLogLines(ctx, log);
  const from = input.from < 0 ? Math.max(0, total + input.from) : input.from;
  const lines = await collect(ctx, log, { from, limit: input.limit });
  const reached = lines.at(-1)?.number ?? from - 1;
  return { lines, total, complete: ended && reached >= total - 1 };
}

async function collect(
  ctx: Context,
  log: LogOf,
  { from, limit }: { from: number; limit: number },
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const segment of readSegments(ctx, log, from)) {
    for (const line of linesOf(segment)) {
      if (line.number < from) continue;
      lines.push(
        line.text.length > LONGEST_LINE
          ? { ...line, text: `${line.text.slice(0, LONGEST_LINE)}…` }
          : line,
      );
      if (lines.length === limit) return lines;
    }
  }
  return lines;
}
