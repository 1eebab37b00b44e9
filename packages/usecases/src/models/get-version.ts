import { aliasNotFound } from "@tessera/mlflow/faults";
import { notFound } from "@tessera/mlflow/errors";
import type { ModelStage } from "@tessera/mlflow/model-stages";
import type {
  ModelVersionRecord,
  RegisteredModelRecord,
} from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import {
  findModel,
  findVersion,
  type ModelAddress,
  projectOfModels,
  VERSION_COLUMNS,
  type VersionAddress,
  type VersionRow,
} from "./find-model.ts";
import { latestOfEachStage, loadModel, loadVersion, loadVersions } from "./load-models.ts";

export async function getRegisteredModel(
  ctx: Context,
  address: ModelAddress,
): Promise<RegisteredModelRecord> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", address);
  return loadModel(ctx, await findModel(ctx.db.pool, { projectId, name: address.name }));
}

export async function getVersion(
  ctx: Context,
  { project, name, version }: VersionAddress,
): Promise<ModelVersionRecord> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  return loadVersion(ctx, await findVersion(ctx.db.pool, { projectId, name, version }));
}

/** Where a version's files lie. */
export async function getDownloadUri(
  ctx: Context,
  { project, name, version }: VersionAddress,
): Promise<string> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  return (await findVersion(ctx.db.pool, { projectId, name, version })).storageUri;
}

async function versionWhere(
  ctx: Context,
  condition: string,
  values: readonly string[],
): Promise<VersionRow | undefined> {
  const { rows } = await ctx.db.pool.query<VersionRow>(
    `SELECT ${VERSION_COLUMNS} FROM model_version v JOIN registered_model m ON m.id = v.model_id
     WHERE v.model_id = $1 AND ${condition} ORDER BY v.number DESC LIMIT 1`,
    [...values],
  );
  return rows[0];
}

/** The version that an alias points to; "latest" is the newest. @throws MlflowError */
export async function getVersionByAlias(
  ctx: Context,
  { project, name, alias }: ModelAddress & { alias: string },
): Promise<ModelVersionRecord> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  const model = await findModel(ctx.db.pool, { projectId, name });
  if (alias.toLowerCase() === "latest") {
    const newest = await versionWhere(ctx, "true", [model.id]);
    if (newest === undefined) throw notFound(`Latest version not found for model ${name}.`);
    return loadVersion(ctx, newest);
  }
  const pointsHere =
    "v.id = (SELECT version_id FROM model_alias a WHERE a.model_id = $1 AND a.alias = $2)";
  const found = await versionWhere(ctx, pointsHere, [model.id, alias]);
  if (found === undefined) throw aliasNotFound(alias);
  return loadVersion(ctx, found);
}

/** The newest version of each stage, or of those named. */
export async function getLatestVersions(
  ctx: Context,
  { project, name, stages }: ModelAddress & { stages: readonly ModelStage[] },
): Promise<ModelVersionRecord[]> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  const model = await findModel(ctx.db.pool, { projectId, name });
  const latest = await latestOfEachStage(ctx, [model.id]);
  const wanted = latest.filter(({ stage }) => stages.length === 0 || stages.includes(stage));
  return loadVersions(ctx, wanted);
}
