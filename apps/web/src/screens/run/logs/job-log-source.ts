import { getJobLog, searchJobLog } from "@tessera/contracts/log";
import { client } from "../../../data/client.ts";
import type { LogRow, LogSource } from "../../../parts/log-view/log-source.ts";
import { followJobLog } from "./follow-job-log.ts";
import type { JobLog } from "./job-log.ts";

/** A job's log as the log view reads it. */
export function jobLogSource(log: JobLog): LogSource {
  const { project, id, stream } = log;
  const params = { project, id };
  return {
    async read(from, limit, signal) {
      const rows: LogRow[] = [];
      while (rows.length < limit) {
        const query = { from: from + rows.length, limit: limit - rows.length, stream };
        const page = await client.call(getJobLog, { params, query, signal });
        rows.push(...page.lines);
        // An answer is bounded in bytes too, so it may hold fewer lines than were asked for.
        if (page.lines.length === 0 || from + rows.length >= page.total) break;
      }
      return rows;
    },
    search: (q, from, signal) =>
      client.call(searchJobLog, { params, query: { q, from, stream }, signal }),
    subscribe: (listener) => followJobLog(log, listener),
  };
}
