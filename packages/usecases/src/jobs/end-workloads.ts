import type { WorkloadState } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";
import { EVENT_CHANNEL } from "../events/publish-event.ts";
import type { Context } from "../platform/platform.ts";
import { runStatusOf, statesBefore } from "./workload-state.ts";

interface Ending {
  readonly id: string;
  readonly reason: string | null;
}

interface End {
  readonly to: WorkloadState;
  readonly exitCode?: number | null;
}

const endWorkloadsSql = {
  name: "end-workloads",
  text: `
    WITH ending AS (SELECT * FROM unnest($1::text[], $2::text[]) AS each(id, reason)),
    ended AS (
      UPDATE workload w
      SET state = $3, reason = ending.reason, exit_code = $4, finished_at = $5, not_before = NULL
      FROM ending WHERE w.id = ending.id AND w.state = ANY($6)
      RETURNING w.id, w.project_id),
    runs AS (UPDATE run SET status = $7, end_time = $8 FROM ended WHERE run.id = ended.id),
    tokens AS (DELETE FROM access_token t USING ended WHERE t.workload_id = ended.id),
    said AS (
      INSERT INTO event (project_id, type, subject, data)
      SELECT project_id, 'job.changed', id, jsonb_build_object('state', $3::text) FROM ended),
    message AS (
      INSERT INTO outbox (job, payload)
      SELECT 'workload.dispatch', '{}' WHERE EXISTS (SELECT FROM ended)
      UNION ALL
      SELECT DISTINCT 'sweep.step', jsonb_build_object('sweepId', t.sweep_id)
      FROM sweep_trial t JOIN ended ON ended.id = t.workload_id)
    SELECT pg_notify('${EVENT_CHANNEL}', ''), (SELECT count(*)::int FROM ended) AS count`,
};

/**
 * Brings workloads to their end, in the caller's transaction: their runs' status, their tokens
 * and the next dispatch go with it, and the next step of their sweeps. Those that have ended already stay as they are.
 *
 * @returns how many ended.
 */
export async function endWorkloads(
  ctx: Context,
  client: PoolClient,
  { endings, to, exitCode = null }: End & { readonly endings: readonly Ending[] },
): Promise<number> {
  if (endings.length === 0) return 0;
  const now = ctx.clock.now();
  const { rows } = await client.query<{ count: number }>({
    ...endWorkloadsSql,
    values: [
      endings.map(({ id }) => id),
      endings.map(({ reason }) => reason),
      to,
      exitCode,
      now,
      statesBefore(to),
      runStatusOf(to),
      now.getTime(),
    ],
  });
  return rows[0]?.count ?? 0;
}
