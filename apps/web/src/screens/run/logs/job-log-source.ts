import { getJobLog, searchJobLog } from "@tessera/contracts/log";
import { client } from "../../../data/client.ts";
import type { LogSource } from "../../../parts/log-view/log-source.ts";
import { followJobLog } from "./follow-job-log.ts";
import type { JobLog } from "./job-log.ts";

/** A job's log as the log view reads it. */
export function jobLogSource(log: JobLog): LogSource {
  const { project, id, stream } = log;
  const params = { project, id };
  return {
    async read(from, limit, signal) {
      const query = { from, limit, stream };
      return (await client.call(getJobLog, { params, query, signal })).lines;
    },
    search: (q, from, signal) =>
      client.call(searchJobLog, { params, query: { q, from, stream }, signal }),
    subscribe: (listener) => followJobLog(log, listener),
  };
}
