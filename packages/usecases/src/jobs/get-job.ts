import { PlatformError } from "@tessera/contracts/errors";
import type { Job } from "@tessera/contracts/job";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { type JobRow, presentJob } from "./present-job.ts";
import { positionSql } from "./queue-positions.ts";

interface PlacedJobRow extends JobRow {
  /** Place in the queue; null unless it waits. */
  readonly position: number | null;
}

const findSql = {
  name: "job",
  text: `
    SELECT w.id, w.name, w.state, w.reason, w.priority, w.command, w.env,
      w.snapshot_id AS "snapshotId", w.tier_name AS "tierName", w.cpus,
      w.memory_mb AS "memoryMb", w.gpus, w.price_per_hour AS "pricePerHour",
      w.timeout_seconds AS "timeoutSeconds", w.max_retries AS "maxRetries",
      w.exit_code AS "exitCode", w.cancel_requested_at AS "cancelRequestedAt",
      w.rerun_of AS "rerunOf", w.submitted_by AS "submittedBy", w.created_at AS "createdAt",
      w.started_at AS "startedAt", w.finished_at AS "finishedAt",
      json_build_object('slug', p.slug) AS project,
      json_build_object('number', e.number, 'name', e.name) AS experiment,
      CASE WHEN r.id IS NOT NULL THEN json_build_object(
        'id', r.id, 'number', r.number, 'environment', json_build_object('name', v.name))
      END AS "environmentRevision",
      (SELECT coalesce(json_agg(json_build_object(
         'id', a.id, 'number', a.number, 'state', a.state,
         'node', CASE WHEN n.id IS NOT NULL THEN json_build_object('name', n.name) END,
         'gpuIndexes', a.gpu_indexes, 'startedAt', a.started_at, 'finishedAt', a.finished_at,
         'exitCode', a.exit_code, 'signal', a.signal, 'cause', a.cause, 'reason', a.reason
       ) ORDER BY a.number), '[]')
       FROM attempt a LEFT JOIN node n ON n.id = a.node_id WHERE a.workload_id = w.id) AS attempts,
      (SELECT coalesce(json_agg(json_build_object('path', wd.path, 'version', json_build_object(
         'id', dv.id, 'number', dv.number, 'dataset', json_build_object('name', ds.name)
       )) ORDER BY wd.path), '[]')
       FROM workload_data wd JOIN dataset_version dv ON dv.id = wd.version_id
       JOIN dataset ds ON ds.id = dv.dataset_id WHERE wd.workload_id = w.id) AS data,
      CASE WHEN w.state = 'queued' THEN ${positionSql} END AS position
    FROM workload w
    JOIN project p ON p.id = w.project_id
    JOIN experiment e ON e.id = w.experiment_id
    LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
    LEFT JOIN environment v ON v.id = r.environment_id
    WHERE w.id = $1 AND w.project_id = $2`,
};

/** A job's row within a project that the caller may already see. */
export async function findJob(ctx: Context, projectId: string, id: string): Promise<PlacedJobRow> {
  const { rows } = await ctx.db.pool.query<PlacedJobRow>({ ...findSql, values: [id, projectId] });
  if (rows[0]) return rows[0];
  throw new PlatformError("not_found", `There is no job ${id} in this project`);
}

/** A job of a project that the caller may already see. */
export async function readJob(ctx: Context, projectId: string, id: string): Promise<Job> {
  const row = await findJob(ctx, projectId, id);
  return presentJob(row, { currency: ctx.settings.currency, position: row.position });
}

export async function getJob(ctx: Context, input: { project: string; id: string }): Promise<Job> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  return readJob(ctx, project.id, input.id);
}
