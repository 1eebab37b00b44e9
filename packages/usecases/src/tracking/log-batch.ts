import { withTransaction } from "@tessera/db/transaction";
import { appendPoints } from "@tessera/metrics/append-points";
import type { MetricPoint } from "@tessera/metrics/point";
import { validateBatch } from "@tessera/mlflow/validation";
import type { LogBatchRequest, LoggedMetric } from "@tessera/mlflow/wire/run-requests";
import type { Context } from "../platform/platform.ts";
import { writableRun } from "./find-run.ts";
import { noteRunChange } from "./note-run-change.ts";
import { writeParams } from "./write-params.ts";
import { writeTags } from "./write-tags.ts";

/** A logged metric as the metric store takes it. */
export function pointOf(metric: LoggedMetric): MetricPoint {
  const { key, value, timestamp, step, modelId, datasetName, datasetDigest } = metric;
  return { key, value, step, timestampMs: timestamp, modelId, datasetName, datasetDigest };
}

/** Logs metrics, params and tags of one run, all or none. @throws MlflowError */
export async function logBatch(
  ctx: Context,
  { project, batch }: { project: string; batch: LogBatchRequest },
): Promise<void> {
  const { params, tags } = validateBatch(batch);
  const run = await writableRun(ctx, { project, runId: batch.runId });
  const points = { runId: run.id, scope: run.experimentId, points: batch.metrics.map(pointOf) };
  if (params.length === 0 && tags.length === 0) {
    if (points.points.length > 0) await appendPoints(ctx.db.pool, [points]);
    ctx.runActivity.note(run);
    return;
  }
  await withTransaction(
    ctx.db.pool,
    async (client) => {
      await writeParams(client, run.id, params);
      await writeTags(client, run.id, tags);
      if (points.points.length > 0) await appendPoints(client, [points]);
      await noteRunChange(client, { projectId: run.projectId, runId: run.id });
    },
    { retries: 3 },
  );
}
