import type { KeyValue } from "@tessera/mlflow/validation";
import type {
  ModelVersionRecord,
  RegisteredModelRecord,
} from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import { type ModelRow, VERSION_COLUMNS, type VersionRow } from "./find-model.ts";

/** Rows by the id that they belong to. */
function byOwner<Row extends { readonly owner: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.owner);
    if (known === undefined) groups.set(row.owner, [row]);
    else known.push(row);
  }
  return groups;
}

type TagRow = KeyValue & { readonly owner: string };
type AliasRow = { readonly owner: string; readonly alias: string; readonly version: number };

const VERSION_TAGS = {
  name: "model-version-tags",
  text: `SELECT version_id AS owner, key, value FROM model_version_tag
         WHERE version_id = ANY($1) ORDER BY key`,
};
const VERSION_ALIASES = {
  name: "model-version-aliases",
  text: `SELECT version_id AS owner, alias, 0 AS version FROM model_alias
         WHERE version_id = ANY($1) ORDER BY alias`,
};
const MODEL_TAGS = {
  name: "registered-model-tags",
  text: `SELECT model_id AS owner, key, value FROM registered_model_tag
         WHERE model_id = ANY($1) ORDER BY key`,
};
const MODEL_ALIASES = {
  name: "registered-model-aliases",
  text: `SELECT a.model_id AS owner, a.alias, v.number AS version
         FROM model_alias a JOIN model_version v ON v.id = a.version_id
         WHERE a.model_id = ANY($1) ORDER BY a.alias`,
};

/** Versions with their tags and aliases, in the order given. */
export async function loadVersions(
  ctx: Context,
  versions: readonly VersionRow[],
): Promise<ModelVersionRecord[]> {
  if (versions.length === 0) return [];
  const values = [versions.map(({ id }) => id)];
  const [tags, aliases] = await Promise.all([
    ctx.db.pool.query<TagRow>({ ...VERSION_TAGS, values }),
    ctx.db.pool.query<AliasRow>({ ...VERSION_ALIASES, values }),
  ]);
  const tagsOf = byOwner(tags.rows);
  const aliasesOf = byOwner(aliases.rows);
  return versions.map((row) => ({
    name: row.name,
    version: row.number,
    creationTime: row.createdAt,
    lastUpdateTime: row.updatedAt,
    userId: row.createdBy,
    stage: row.stage,
    description: row.description,
    source: row.source,
    runId: row.runId,
    runLink: row.runLink,
    modelId: row.loggedModelId,
    tags: (tagsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value })),
    aliases: (aliasesOf.get(row.id) ?? []).map(({ alias }) => alias),
  }));
}

/** The newest version of each stage, of each model. */
export async function latestOfEachStage(
  ctx: Context,
  modelIds: readonly string[],
): Promise<VersionRow[]> {
  const { rows } = await ctx.db.pool.query<VersionRow>({
    name: "latest-model-versions",
    text: `SELECT DISTINCT ON (v.model_id, v.stage) ${VERSION_COLUMNS}
           FROM model_version v JOIN registered_model m ON m.id = v.model_id
           WHERE v.model_id = ANY($1) ORDER BY v.model_id, v.stage, v.number DESC`,
    values: [modelIds],
  });
  return rows;
}

/** Registered models with their tags, aliases and newest versions, in the order given. */
export async function loadModels(
  ctx: Context,
  models: readonly ModelRow[],
): Promise<RegisteredModelRecord[]> {
  if (models.length === 0) return [];
  const ids = models.map(({ id }) => id);
  const [tags, aliases, latest] = await Promise.all([
    ctx.db.pool.query<TagRow>({ ...MODEL_TAGS, values: [ids] }),
    ctx.db.pool.query<AliasRow>({ ...MODEL_ALIASES, values: [ids] }),
    latestOfEachStage(ctx, ids),
  ]);
  const records = await loadVersions(ctx, latest);
  const latestOf = byOwner(
    latest.flatMap(({ modelId: owner }, index) => {
      const record = records[index];
      return record === undefined ? [] : [{ owner, record }];
    }),
  );
  const tagsOf = byOwner(tags.rows);
  const aliasesOf = byOwner(aliases.rows);
  return models.map((row) => ({
    name: row.name,
    creationTime: row.createdAt,
    lastUpdateTime: row.updatedAt,
    userId: row.createdBy,
    description: row.description,
    latestVersions: (latestOf.get(row.id) ?? []).map(({ record }) => record),
    tags: (tagsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value })),
    aliases: (aliasesOf.get(row.id) ?? []).map(({ alias, version }) => ({ alias, version })),
  }));
}

/** One registered model, whole. */
export async function loadModel(ctx: Context, model: ModelRow): Promise<RegisteredModelRecord> {
  const [record] = await loadModels(ctx, [model]);
  if (record === undefined) throw new Error(`The model ${model.id} was not loaded`);
  return record;
}

/** One version, whole. */
export async function loadVersion(ctx: Context, version: VersionRow): Promise<ModelVersionRecord> {
  const [record] = await loadVersions(ctx, [version]);
  if (record === undefined) throw new Error(`The version ${version.id} was not loaded`);
  return record;
}
