import { EVENT_CHANNEL } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { runStatusOf, statesBefore } from "./workload-state.ts";

interface RunningInput {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly startedAt: Date;
}

// The workload is locked first, as everywhere, so that two changes cannot wait for each other.
const markRunning = {
  name: "mark-attempt-running",
  text: `
    WITH locked AS MATERIALIZED (
      SELECT id, project_id, started_at FROM workload
      WHERE id = $2 AND state = ANY($4) FOR UPDATE),
    started AS (
      UPDATE attempt a SET state = 'running', started_at = $3
      FROM locked WHERE a.id = $1 AND a.state = 'starting' RETURNING a.workload_id),
    changed AS (
      UPDATE workload w
      SET state = 'running', started_at = coalesce(w.started_at, $3),
          reason = CASE WHEN w.cancel_requested_at IS NULL THEN NULL ELSE w.reason END
      FROM started WHERE w.id = started.workload_id),
    runs AS (
      UPDATE run
      SET status = $5, start_time = CASE WHEN locked.started_at IS NULL THEN $6 ELSE start_time END
      FROM locked, started WHERE run.id = started.workload_id),
    said AS (
      INSERT INTO event (project_id, type, subject, data)
      SELECT locked.project_id, 'job.changed', locked.id, '{"state": "running"}'
      FROM locked, started)
    SELECT pg_notify('${EVENT_CHANNEL}', '')`,
};

/** Records that an attempt's command runs; does nothing when it is known, or has ended. */
export async function markAttemptRunning(ctx: Context, input: RunningInput): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { attemptId, workloadId, startedAt } = input;
  await ctx.db.pool.query({
    ...markRunning,
    values: [
      attemptId,
      workloadId,
      startedAt,
      statesBefore("running"),
      runStatusOf("running"),
      startedAt.getTime(),
    ],
  });
}
