import type { Action } from "@tessera/contracts/action";
import { modelNotFound, versionNotFound } from "@tessera/mlflow/faults";
import type { ModelStage } from "@tessera/mlflow/model-stages";
import type { PoolClient } from "@tessera/db/transaction";
import { authorize, type ProjectRow } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { millisOf } from "../tracking/find-logged-model.ts";

/** A registered model's own columns. */
export interface ModelRow {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly workloadId: string | null;
  readonly createdBy: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Columns of a query whose model is `m`, as ModelRow names them. */
export const MODEL_COLUMNS = `m.id, m.project_id AS "projectId", m.name, m.description,
  m.workload_id AS "workloadId", m.created_by AS "createdBy",
  ${millisOf("m.created_at")} AS "createdAt", ${millisOf("m.updated_at")} AS "updatedAt"`;

/** A version's own columns, with its model's name. */
export interface VersionRow {
  readonly id: string;
  readonly modelId: string;
  readonly name: string;
  readonly number: number;
  readonly description: string;
  readonly stage: ModelStage;
  readonly source: string;
  readonly storageUri: string;
  readonly runId: string | null;
  readonly runLink: string;
  readonly loggedModelId: string | null;
  readonly workloadId: string | null;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Columns of a query whose version is `v` and whose model is `m`, as VersionRow names them. */
export const VERSION_COLUMNS = `v.id, v.model_id AS "modelId", m.name, v.number, v.description,
  v.stage, v.source, v.storage_uri AS "storageUri", v.run_id AS "runId", v.run_link AS "runLink",
  v.logged_model_id AS "loggedModelId", v.workload_id AS "workloadId", v.created_by AS "createdBy",
  ${millisOf("v.created_at")} AS "createdAt", ${millisOf("v.updated_at")} AS "updatedAt"`;

type Queryable = Pick<PoolClient, "query">;

interface ModelWanted {
  readonly projectId: string;
  readonly name: string;
}

/**
 * A registered model of a project that the caller may already see. In a transaction that will
 * change it, `lock` keeps others from changing it meanwhile. @throws MlflowError
 */
export async function findModel(
  on: Queryable,
  { projectId, name }: ModelWanted,
  { lock = false } = {},
): Promise<ModelRow> {
  const { rows } = await on.query<ModelRow>(
    `SELECT ${MODEL_COLUMNS} FROM registered_model m WHERE m.project_id = $1 AND m.name = $2
     ${lock ? "FOR UPDATE" : ""}`,
    [projectId, name],
  );
  const [model] = rows;
  if (model === undefined) throw modelNotFound(name);
  return model;
}

/** A version of a model. @throws MlflowError */
export async function findVersion(
  on: Queryable,
  { projectId, name, version }: ModelWanted & { readonly version: number },
): Promise<VersionRow> {
  const { rows } = await on.query<VersionRow>(
    `SELECT ${VERSION_COLUMNS} FROM model_version v JOIN registered_model m ON m.id = v.model_id
     WHERE m.project_id = $1 AND m.name = $2 AND v.number = $3`,
    [projectId, name, version],
  );
  const [found] = rows;
  if (found === undefined) throw versionNotFound(name, version);
  return found;
}

export interface ModelAddress {
  readonly project: string;
  readonly name: string;
}

export interface VersionAddress extends ModelAddress {
  readonly version: number;
}

/** The project that an address names, for a caller who may do this to its models. */
export async function projectOfModels(
  ctx: Context,
  action: Action & `model.${string}`,
  { project: slug }: { readonly project: string },
): Promise<ProjectRow> {
  const { project } = await authorize(ctx, action, { project: slug });
  return project;
}
