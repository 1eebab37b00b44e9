import type { ClientBase, Pool } from "pg";
import { textArray } from "./pg-arrays.ts";

/** A point that was logged about a model. */
export interface ModelMetric {
  readonly key: string;
  readonly value: number;
  readonly timestampMs: number;
  readonly step: number;
  readonly runId: string;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

/**
 * All points that name the models, by model id, in order of key, timestamp and step. As in MLflow a
 * model has one point for a key, timestamp, step and run: the first that came.
 */
export async function modelMetrics(
  db: Pool | ClientBase,
  modelIds: readonly string[],
): Promise<Map<string, ModelMetric[]>> {
  type Row = {
    model_id: string;
    key: string;
    timestamp: string;
    step: string;
    run_id: string;
    value: number;
    dataset_name: string | null;
    dataset_digest: string | null;
  };
  const { rows } = await db.query<Row>(
    `SELECT * FROM metrics.model_point WHERE model_id = ANY($1::text[])
     ORDER BY model_id, key, "timestamp", step, run_id`,
    [textArray(modelIds)],
  );
  const models = new Map<string, ModelMetric[]>();
  for (const row of rows) {
    const metric: ModelMetric = {
      key: row.key,
      value: row.value,
      timestampMs: Number(row.timestamp),
      step: Number(row.step),
      runId: row.run_id,
      datasetName: row.dataset_name,
      datasetDigest: row.dataset_digest,
    };
    const known = models.get(row.model_id);
    if (known === undefined) models.set(row.model_id, [metric]);
    else known.push(metric);
  }
  return models;
}
