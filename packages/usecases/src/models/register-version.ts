import type { ModelVersion, RegisterVersion } from "@tessera/contracts/model";
import { MlflowError } from "@tessera/mlflow/errors";
import { validateModelName } from "@tessera/mlflow/validation";
import type { Context } from "../platform/platform.ts";
import { createModel } from "./create-model.ts";
import { createVersion } from "./create-version.ts";
import { findModel, type ModelAddress, projectOfModels } from "./find-model.ts";
import { showVersion } from "./show-model.ts";
import { versionSource } from "./version-source.ts";

/** Whether a model of that name is there. */
async function isThere(ctx: Context, projectId: string, name: string): Promise<boolean> {
  try {
    await findModel(ctx.db.pool, { projectId, name });
    return true;
  } catch (error) {
    if (error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST") return false;
    throw error;
  }
}

/** Makes the model unless another did meanwhile. */
async function ensureModel(ctx: Context, { project, name }: ModelAddress): Promise<void> {
  try {
    await createModel(ctx, { project, name, description: undefined, tags: [] });
  } catch (error) {
    if (!(error instanceof MlflowError && error.code === "RESOURCE_ALREADY_EXISTS")) throw error;
  }
}

/** Makes the next version of a model, and the model when there is none of that name. */
export async function registerVersion(
  ctx: Context,
  { project, name, version }: ModelAddress & { version: RegisterVersion },
): Promise<ModelVersion> {
  const { id: projectId } = await projectOfModels(ctx, "model.write", { project });
  validateModelName(name);
  const request = {
    name,
    source: version.source,
    runId: version.runId,
    modelId: undefined,
    runLink: "",
    description: version.description,
    tags: [],
  };
  // A source that is wrong leaves no model without versions behind.
  await versionSource(ctx, { projectId, given: request });
  if (!(await isThere(ctx, projectId, name))) await ensureModel(ctx, { project, name });
  const made = await createVersion(ctx, { project, ...request });
  return showVersion(ctx, { project, name, version: made.version });
}
