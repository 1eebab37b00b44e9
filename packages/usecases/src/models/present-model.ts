import { ModelStage, type ModelVersion, type RegisteredModel } from "@tessera/contracts/model";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { Context } from "../platform/platform.ts";
import { type ModelRow, VERSION_COLUMNS, type VersionRow } from "./find-model.ts";
import { loadModels, loadVersions } from "./load-models.ts";

interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly deleted: boolean;
}

interface InputRow {
  readonly runId: string;
  readonly name: string;
  readonly digest: string;
  readonly context: string;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const recordOf = (pairs: readonly KeyValue[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

/** Versions as the REST API shows them, each with the run behind it and what that run read. */
export async function presentVersions(
  ctx: Context,
  projectId: string,
  versions: readonly VersionRow[],
): Promise<ModelVersion[]> {
  const ids = versions.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const { pool } = ctx.db;
  const [records, runs, inputs] = await Promise.all([
    loadVersions(ctx, versions),
    pool.query<RunRow>("SELECT id, name, deleted FROM run WHERE project_id = $1 AND id = ANY($2)", [
      projectId,
      ids,
    ]),
    pool.query<InputRow>(
      `SELECT i.run_id AS "runId", i.name, i.digest, i.context
       FROM run_input i JOIN run r ON r.id = i.run_id
       WHERE r.project_id = $1 AND i.run_id = ANY($2) ORDER BY i.name, i.digest`,
      [projectId, ids],
    ),
  ]);
  const runOf = new Map(runs.rows.map((row) => [row.id, row]));
  return versions.map((row, index) => ({
    model: row.name,
    version: row.number,
    description: row.description,
    stage: ModelStage.parse(row.stage),
    aliases: [...(records[index]?.aliases ?? [])],
    tags: recordOf(records[index]?.tags ?? []),
    source: row.source,
    storageUri: row.storageUri,
    loggedModelId: row.loggedModelId,
    runId: row.runId,
    run: runOf.get(row.runId ?? "") ?? null,
    datasets: inputs.rows
      .filter(({ runId }) => runId === row.runId)
      .map(({ name, digest, context }) => ({ name, digest, context })),
    createdBy: row.createdBy,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  }));
}

export async function presentVersion(
  ctx: Context,
  projectId: string,
  version: VersionRow,
): Promise<ModelVersion> {
  const [presented] = await presentVersions(ctx, projectId, [version]);
  if (presented === undefined) throw new Error(`The version ${version.id} was not presented`);
  return presented;
}

async function newestOf(
  ctx: Context,
  modelIds: readonly string[],
): Promise<{ newest: VersionRow[]; countOf: Map<string, number> }> {
  const [newest, counts] = await Promise.all([
    ctx.db.pool.query<VersionRow>(
      `SELECT DISTINCT ON (v.model_id) ${VERSION_COLUMNS}
       FROM model_version v JOIN registered_model m ON m.id = v.model_id
       WHERE v.model_id = ANY($1) ORDER BY v.model_id, v.number DESC`,
      [modelIds],
    ),
    ctx.db.pool.query<{ id: string; count: number }>(
      `SELECT model_id AS id, count(*)::int4 AS count FROM model_version
       WHERE model_id = ANY($1) GROUP BY model_id`,
      [modelIds],
    ),
  ]);
  return {
    newest: newest.rows,
    countOf: new Map(counts.rows.map(({ id, count }) => [id, count])),
  };
}

/** Registered models as the REST API shows them, each with its newest version. */
export async function presentModels(
  ctx: Context,
  projectId: string,
  models: readonly ModelRow[],
): Promise<RegisteredModel[]> {
  if (models.length === 0) return [];
  const [records, { newest, countOf }] = await Promise.all([
    loadModels(ctx, models),
    newestOf(
      ctx,
      models.map(({ id }) => id),
    ),
  ]);
  const presented = await presentVersions(ctx, projectId, newest);
  const latestOf = new Map(newest.map(({ modelId }, index) => [modelId, presented[index]]));
  return models.map((row, index) => ({
    name: row.name,
    description: row.description,
    tags: recordOf(records[index]?.tags ?? []),
    aliases: [...(records[index]?.aliases ?? [])],
    versionCount: countOf.get(row.id) ?? 0,
    latest: latestOf.get(row.id) ?? null,
    createdBy: row.createdBy,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  }));
}

export async function presentModel(
  ctx: Context,
  projectId: string,
  model: ModelRow,
): Promise<RegisteredModel> {
  const [presented] = await presentModels(ctx, projectId, [model]);
  if (presented === undefined) throw new Error(`The model ${model.id} was not presented`);
  return presented;
}
