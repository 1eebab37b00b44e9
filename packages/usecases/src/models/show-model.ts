import type { ModelVersion, RegisteredModel } from "@tessera/contracts/model";
import type { Context } from "../platform/platform.ts";
import {
  findModel,
  findVersion,
  type ModelAddress,
  projectOfModels,
  type VersionAddress,
} from "./find-model.ts";
import { presentModel, presentVersion } from "./present-model.ts";

/** A registered model as the REST API shows it. */
export async function showModel(
  ctx: Context,
  { project, name }: ModelAddress,
): Promise<RegisteredModel> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  return presentModel(ctx, projectId, await findModel(ctx.db.pool, { projectId, name }));
}

/** A version as the REST API shows it. */
export async function showVersion(
  ctx: Context,
  { project, name, version }: VersionAddress,
): Promise<ModelVersion> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  return presentVersion(
    ctx,
    projectId,
    await findVersion(ctx.db.pool, { projectId, name, version }),
  );
}
