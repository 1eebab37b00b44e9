import { modelMetrics } from "@tessera/metrics/model-metrics";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { LoggedModelRecord } from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import { modelArtifactUri } from "./artifact-paths.ts";
import type { LoggedModelRow } from "./find-logged-model.ts";

interface Pair extends KeyValue {
  readonly id: string;
}

const read = (table: "logged_model_param" | "logged_model_tag") => ({
  name: `read-${table}`,
  text: `SELECT model_id AS id, key, value FROM ${table} WHERE model_id = ANY($1) ORDER BY model_id, key`,
});

const PARAMS = read("logged_model_param");
const TAGS = read("logged_model_tag");

async function pairsOf(
  ctx: Context,
  query: typeof PARAMS,
  ids: readonly string[],
): Promise<Map<string, KeyValue[]>> {
  const { rows } = await ctx.db.pool.query<Pair>({ ...query, values: [ids] });
  const pairs = new Map<string, KeyValue[]>(ids.map((id) => [id, []]));
  for (const { id, key, value } of rows) pairs.get(id)?.push({ key, value });
  return pairs;
}

/** Logged models with all that is in them, in the order given. */
export async function loadLoggedModels(
  ctx: Context,
  models: readonly LoggedModelRow[],
): Promise<LoggedModelRecord[]> {
  if (models.length === 0) return [];
  const ids = models.map((model) => model.id);
  const [params, tags, metrics] = await Promise.all([
    pairsOf(ctx, PARAMS, ids),
    pairsOf(ctx, TAGS, ids),
    modelMetrics(ctx.db.pool, ids),
  ]);
  return models.map((model) => ({
    id: model.id,
    experimentId: String(model.experimentNumber),
    name: model.name,
    modelType: model.modelType,
    status: model.status,
    sourceRunId: model.sourceRunId,
    artifactUri: modelArtifactUri(model),
    creationTime: model.createdAt,
    lastUpdateTime: model.updatedAt,
    params: params.get(model.id) ?? [],
    tags: tags.get(model.id) ?? [],
    metrics: (metrics.get(model.id) ?? []).map(({ timestampMs, ...metric }) => ({
      ...metric,
      timestamp: timestampMs,
    })),
  }));
}

/** One logged model, whole. */
export async function loadLoggedModel(
  ctx: Context,
  model: LoggedModelRow,
): Promise<LoggedModelRecord> {
  const [record] = await loadLoggedModels(ctx, [model]);
  if (record === undefined) throw new Error(`The logged model ${model.id} was not loaded`);
  return record;
}
