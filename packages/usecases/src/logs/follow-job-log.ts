import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine, LogStream } from "@tessera/contracts/log";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findJobOfLog } from "./find-job-of-log.ts";
import { readPage } from "./read-page.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  readonly from: number;
  readonly stream?: LogStream | undefined;
}

const POLL_MS = 250;
const PAGE = 1000;

/** Tells lines as they come, until the signal aborts. */
export type LogFollower = (signal: AbortSignal) => AsyncIterable<LogLine>;

/**
 * Lines from `from` on as they come, until the job has ended and its last line was told. Throws as
 * `getJobLog` would, before the first line is asked for.
 */
export async function followJobLog(ctx: Context, input: Input): Promise<LogFollower> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  await findJobOfLog(ctx, project.id, input.id);
  return (signal) => follow(ctx, { ...input, projectId: project.id, signal });
}

interface Following extends Input {
  readonly projectId: string;
  readonly signal: AbortSignal;
}

async function* follow(ctx: Context, input: Following): AsyncGenerator<LogLine> {
  const { projectId, id, stream, signal } = input;
  let { from } = input;
  while (!signal.aborted) {
    const job = await findJobOfLog(ctx, projectId, id);
    const log = { workloadId: id, stream };
    const page = await readPage(ctx, { job, log }, { from, limit: PAGE });
    yield* page.lines;
    from += page.lines.length;
    if (page.complete) return;
    if (from >= page.total) await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
