import type { Action } from "@tessera/contracts/action";
import { MlflowError } from "@tessera/mlflow/errors";
import { loggedModelNotFound } from "@tessera/mlflow/faults";
import type { LoggedModelStatus } from "@tessera/mlflow/wire/logged-model-requests";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** A logged model's own columns. */
export interface LoggedModelRow {
  readonly id: string;
  readonly projectId: string;
  readonly experimentId: string;
  /** The experiment's id that clients see. */
  readonly experimentNumber: number;
  readonly name: string;
  readonly modelType: string;
  readonly status: LoggedModelStatus;
  readonly sourceRunId: string | null;
  readonly workloadId: string | null;
  readonly deleted: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A time column in milliseconds since 1970. */
export function millisOf(column: string): string {
  return `floor(extract(epoch FROM ${column}) * 1000)::float8`;
}

/** Columns of a query whose model is `l` and whose experiment is `e`, as LoggedModelRow names them. */
export const LOGGED_MODEL_COLUMNS = `l.id, l.project_id AS "projectId",
  l.experiment_id AS "experimentId", e.number AS "experimentNumber", l.name,
  l.model_type AS "modelType", l.status, l.source_run_id AS "sourceRunId",
  l.workload_id AS "workloadId", l.deleted, ${millisOf("l.created_at")} AS "createdAt",
  ${millisOf("l.updated_at")} AS "updatedAt"`;

const FIND = {
  name: "find-logged-model",
  text: `SELECT ${LOGGED_MODEL_COLUMNS} FROM logged_model l JOIN experiment e ON e.id = l.experiment_id
         WHERE l.id = $1 AND l.project_id = $2`,
};

interface Wanted {
  readonly projectId: string;
  readonly modelId: string;
  readonly allowDeleted?: boolean;
}

/** A logged model of a project that the caller may already see. @throws MlflowError */
export async function findLoggedModel(ctx: Context, wanted: Wanted): Promise<LoggedModelRow> {
  const { projectId, modelId, allowDeleted = false } = wanted;
  const { rows } = await ctx.db.pool.query<LoggedModelRow>({
    ...FIND,
    values: [modelId, projectId],
  });
  const [model] = rows;
  if (model === undefined || (model.deleted && !allowDeleted)) throw loggedModelNotFound(modelId);
  return model;
}

interface Address {
  readonly project: string;
  readonly modelId: string;
  readonly allowDeleted?: boolean;
}

/** A logged model that the caller may read. */
export async function readableLoggedModel(
  ctx: Context,
  { project: slug, ...wanted }: Address,
  action: "run.read" | "artifact.read" = "run.read",
): Promise<LoggedModelRow> {
  const { project } = await authorize(ctx, action, { project: slug });
  return findLoggedModel(ctx, { projectId: project.id, ...wanted });
}

/** A job's own token writes to what that job made alone. @throws MlflowError */
export function assertMadeByCaller(
  ctx: Context,
  what: string,
  { workloadId }: { readonly workloadId: string | null },
): void {
  const { actor } = ctx;
  if (actor.kind !== "run" || workloadId === actor.workloadId) return;
  throw new MlflowError(
    "PERMISSION_DENIED",
    `This job's token may not write to ${what}, which another made`,
  );
}

/** A logged model that the caller may write to, and that is not deleted. */
export async function writableLoggedModel(
  ctx: Context,
  { project: slug, modelId }: Address,
  action: Action & ("run.write" | "run.delete" | "artifact.write") = "run.write",
): Promise<LoggedModelRow> {
  const { project } = await authorize(ctx, action, { project: slug });
  const model = await findLoggedModel(ctx, { projectId: project.id, modelId });
  assertMadeByCaller(ctx, `the logged model ${modelId}`, model);
  return model;
}
