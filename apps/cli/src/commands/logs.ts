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

/** A job's output; with --follow, until the job ends. */
export async function logs(session: Session, id: string, options: LogsOptions): Promise<void> {
  const { project, id: found } = await findJob(session, id, options.project);
  const params = { project, id: found };
  if (options.follow === true) {
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    await followLog(session, params, {
      signal: stop.signal,
      onLine: (line) => printLine(session, line),
    });
    return;
  }
  let from = options.tail === undefined ? 0 : -options.tail;
  for (;;) {
    const page = await session.client.call(getJobLog, { params, query: { from, limit: PAGE } });
    for (const line of page.lines) printLine(session, line);
    const last = page.lines.at(-1);
    if (last === undefined || last.number + 1 >= page.total) return;
    from = last.number + 1;
  }
}
