import { newId } from "@tessera/kit/ids";
import { modelNameTaken } from "@tessera/mlflow/faults";
import type { RegisteredModelRecord } from "@tessera/mlflow/wire/present-registry";
import type { CreateModelRequest } from "@tessera/mlflow/wire/registry-requests";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import { findModel, projectOfModels } from "./find-model.ts";
import { loadModel } from "./load-models.ts";
import { writeRegistryTags } from "./write-registry-tags.ts";

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
      await client.query(
        `INSERT INTO registered_model (id, project_id, name, description, workload_id, created_by)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          id,
          projectId,
          name,
          input.description ?? "",
          ctx.actor.kind === "run" ? ctx.actor.workloadId : null,
          actorName(ctx.actor),
        ],
      );
      await writeRegistryTags(client, { model: id }, input.tags);
      return { action: "model.create", modelId: id, name };
    },
  });
  return loadModel(ctx, await findModel(ctx.db.pool, { projectId, name }));
}
