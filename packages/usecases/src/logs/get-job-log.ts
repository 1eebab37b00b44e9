import type { LogPage, LogStream } from "@tessera/contracts/log";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findJobOfLog } from "./find-job-of-log.ts";
import { readPage } from "./read-page.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  /** First line wanted; negative counts from the end. */
  readonly from: number;
  readonly limit: number;
  /** This stream alone. */
  readonly stream?: LogStream | undefined;
}

/** A page of a job's log; shorter than asked for when its lines are very long. */
export async function getJobLog(ctx: Context, input: Input): Promise<LogPage> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  const job = await findJobOfLog(ctx, project.id, input.id);
  const log = { workloadId: job.id, stream: input.stream };
  return readPage(ctx, { job, log }, input);
}
