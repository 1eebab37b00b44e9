import type { PoolClient } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { modelNameTaken } from "@tessera/mlflow/faults";
import type { RegisteredModelRecord } from "@tessera/mlflow/wire/present-registry";
import type { CreateModelRequest } from "@tessera/mlflow/wire/registry-requests";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import { findModel, projectOfModels } from "./find-model.ts";
import { loadModel } from "./load-models.ts";
import { writeRegistryTags } from "./write-registry-tags.ts";

interface NewModel {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** What the statement does where the name is taken; it fails unless told. */
  readonly onTaken?: string;
}

async function insertModel(
  ctx: Context,
  client: PoolClient,
  { id, projectId, name, description = "", onTaken = "" }: NewModel,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO registered_model (id, project_id, name, description, workload_id, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) ${onTaken}`,
    [
      id,
      projectId,
      name,
      description,
      ctx.actor.kind === "run" ? ctx.actor.workloadId : null,
      actorName(ctx.actor),
    ],
  );
  return rowCount === 1;
}

/** Makes a registered model unless there is one of that name, in the caller's transaction. */
export async function ensureModel(
  ctx: Context,
  client: PoolClient,
  { projectId, name }: { readonly projectId: string; readonly name: string },
): Promise<void> {
  const id = newId();
  const onTaken = "ON CONFLICT (project_id, name) DO NOTHING";
  if (!(await insertModel(ctx, client, { id, projectId, name, onTaken }))) return;
  await recordAudit(ctx, client, {
    action: "model.create",
    subject: id,
    projectId,
    details: { name },
  });
}

/** Makes a registered model without versions. @throws MlflowError when the name is taken */
export async function createModel(
  ctx: Context,
  input: { project: string } & CreateModelRequest,
): Promise<RegisteredModelRecord> {
  const { id: projectId } = await projectOfModels(ctx, "model.write", input);
  const { name } = input;
  const id = newId();
  await changeInRegistry(ctx, {
    projectId,
    onTaken: () => modelNameTaken(name),
    apply: async (client) => {
      await insertModel(ctx, client, { id, projectId, name, description: input.description });
      await writeRegistryTags(client, { model: id }, input.tags);
      return { action: "model.create", modelId: id, name };
    },
  });
  return loadModel(ctx, await findModel(ctx.db.pool, { projectId, name }));
}
