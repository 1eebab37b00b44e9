import type { Job } from "@tessera/contracts/job";
import { getJobLog } from "@tessera/contracts/log";
import { findJob } from "../find-job.ts";
import { followLog, printLine } from "../follow-log.ts";
import type { Session } from "../session.ts";

interface LogsOptions {
  readonly follow?: boolean | undefined;
  readonly tail?: number | undefined;
  readonly project?: string | undefined;
}

const PAGE = 5000;

/** Number of the first line that is asked for. */
async function firstLine(session: Session, job: Job, tail: number | undefined): Promise<number> {
  if (tail === undefined) return 0;
  const { lines, total } = await session.client.call(getJobLog, {
    params: { project: job.project, id: job.id },
    query: { from: tail === 0 ? 0 : -tail, limit: 1 },
  });
  return tail === 0 ? total : (lines[0]?.number ?? total);
}

/** A job's output; with --follow, until the job ends. */
export async function logs(session: Session, id: string, options: LogsOptions): Promise<void> {
  const job = await findJob(session, id, options.project);
  let from = await firstLine(session, job, options.tail);
  if (options.follow === true) {
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    await followLog(session, job, {
      from,
      signal: stop.signal,
      onLine: (line) => printLine(session, line),
    });
    return;
  }
  const params = { project: job.project, id: job.id };
  for (;;) {
    const page = await session.client.call(getJobLog, { params, query: { from, limit: PAGE } });
    for (const line of page.lines) await printLine(session, line);
    const last = page.lines.at(-1);
    if (last === undefined || last.number + 1 >= page.total) return;
    from = last.number + 1;
  }
}
