import type { LogLine, LogStream } from "@tessera/contracts/log";
import { authorize } from "../identity/authorize.ts";
import { findJob } from "../jobs/get-job.ts";
import type { Context } from "../platform/platform.ts";
import { getJobLog } from "./get-job-log.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  readonly from: number;
  readonly signal: AbortSignal;
  readonly stream?: LogStream | undefined;
}

const POLL_MS = 250;
const PAGE = 1000;

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Throws as `getJobLog` would, before the first line is asked for. */
export async function checkJobLog(
  ctx: Context,
  input: { project: string; id: string },
): Promise<void> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  await findJob(ctx, project.id, input.id);
}

/** Lines from `from` on as they come, until the job has ended and its last line was told. */
export async function* followJobLog(ctx: Context, input: Input): AsyncGenerator<LogLine> {
  let from = input.from;
  while (!input.signal.aborted) {
    const page = await getJobLog(ctx, { ...input, from, limit: PAGE });
    yield* page.lines;
    const last = page.lines.at(-1);
    if (last) from = last.number + 1;
    if (page.complete) return;
    if (page.lines.length < PAGE) await pause(input.signal);
  }
}
