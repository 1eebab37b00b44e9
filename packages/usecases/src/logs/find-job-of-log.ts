import { PlatformError } from "@tessera/contracts/errors";
import { WorkloadState } from "@tessera/contracts/job";
import { isTerminal } from "../jobs/workload-state.ts";
import type { Context } from "../platform/platform.ts";

/** What of a job its log's readers need to know. */
export interface JobOfLog {
  readonly id: string;
  readonly name: string;
  /** Whether no line will come any more. */
  readonly ended: boolean;
}

const findSql = {
  name: "job-of-log",
  text: "SELECT id, name, state FROM workload WHERE id = $1 AND project_id = $2",
};

/** A job of a project that the caller may already see. */
export async function findJobOfLog(ctx: Context, projectId: string, id: string): Promise<JobOfLog> {
  const { rows } = await ctx.db.pool.query<{ id: string; name: string; state: string }>({
    ...findSql,
    values: [id, projectId],
  });
  const row = rows[0];
  if (!row) throw new PlatformError("not_found", `There is no job ${id} in this project`);
  return { id: row.id, name: row.name, ended: isTerminal(WorkloadState.parse(row.state)) };
}
