import type { LogLine, LogStream } from "@tessera/contracts/log";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findJobOfLog } from "./find-job-of-log.ts";
import { linesOf, readSegments } from "./read-segments.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  readonly q: string;
  readonly from: number;
  readonly limit: number;
  readonly stream?: LogStream | undefined;
}

interface Found {
  readonly lines: LogLine[];
  /** Where to go on; absent when the end was reached. */
  readonly next?: number;
}

/** Bytes that one request looks through before it answers with where to go on. */
const SCAN_BYTES = 128 * 1024 * 1024;

/** Lines that contain a text, without regard to case. */
export async function searchJobLog(ctx: Context, input: Input): Promise<Found> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  const job = await findJobOfLog(ctx, project.id, input.id);
  const log = { workloadId: job.id, stream: input.stream };
  const wanted = input.q.toLowerCase();
  const lines: LogLine[] = [];
  let scanned = 0;
  for await (const segment of readSegments(ctx, log, input.from)) {
    if (scanned >= SCAN_BYTES) return { lines, next: segment.firstLine };
    scanned += segment.bytes.length;
    if (!segment.bytes.toString("utf8").toLowerCase().includes(wanted)) continue;
    for (const line of linesOf(segment)) {
      if (line.number < input.from || !line.text.toLowerCase().includes(wanted)) continue;
      if (lines.length === input.limit) return { lines, next: line.number };
      lines.push(line);
    }
  }
  return { lines };
}
