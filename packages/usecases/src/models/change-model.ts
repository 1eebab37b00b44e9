import type { PoolClient } from "@tessera/db/transaction";
import { modelNameTaken } from "@tessera/mlflow/faults";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { RegisteredModelRecord } from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import { assertMadeByCaller } from "../tracking/find-logged-model.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import { findModel, type ModelAddress, type ModelRow, projectOfModels } from "./find-model.ts";
import { loadModel } from "./load-models.ts";
import { removeRegistryTag, writeRegistryTags } from "./write-registry-tags.ts";

interface Change {
  readonly action: string;
  readonly permission?: "model.write" | "model.delete";
  readonly details?: Readonly<Record<string, unknown>>;
  readonly apply: (client: PoolClient, model: ModelRow) => Promise<unknown>;
  readonly onTaken?: () => Error;
}

async function change(
  ctx: Context,
  { project, name }: ModelAddress,
  { permission = "model.write", apply, action, details = {}, ...rest }: Change,
): Promise<string> {
  const { id: projectId } = await projectOfModels(ctx, permission, { project });
  await changeInRegistry(ctx, {
    ...rest,
    projectId,
    apply: async (client) => {
      const model = await findModel(client, { projectId, name }, { lock: true });
      assertMadeByCaller(ctx, `the registered model "${name}"`, model);
      await apply(client, model);
      return { action, modelId: model.id, name, details };
    },
  });
  return projectId;
}

/** Describes a registered model. */
export async function updateModel(
  ctx: Context,
  { description, ...address }: ModelAddress & { description: string },
): Promise<RegisteredModelRecord> {
  const projectId = await change(ctx, address, {
    action: "model.update",
    apply: (client, { id }) =>
      client.query("UPDATE registered_model SET description = $2 WHERE id = $1", [id, description]),
  });
  return loadModel(ctx, await findModel(ctx.db.pool, { projectId, name: address.name }));
}

/** Gives a registered model another name; its versions and aliases stay. */
export async function renameModel(
  ctx: Context,
  { newName, ...address }: ModelAddress & { newName: string },
): Promise<RegisteredModelRecord> {
  const projectId = await change(ctx, address, {
    action: "model.rename",
    details: { newName },
    onTaken: () => modelNameTaken(newName),
    apply: async (client, { id }) => {
      await client.query("UPDATE registered_model SET name = $2 WHERE id = $1", [id, newName]);
      await client.query("UPDATE model_version SET updated_at = now() WHERE model_id = $1", [id]);
    },
  });
  return loadModel(ctx, await findModel(ctx.db.pool, { projectId, name: newName }));
}

export async function setModelTag(ctx: Context, input: ModelAddress & { tag: KeyValue }) {
  const { tag, ...address } = input;
  await change(ctx, address, {
    action: "model.tag",
    details: { key: tag.key },
    apply: (client, { id }) => writeRegistryTags(client, { model: id }, [tag]),
  });
}

export async function deleteModelTag(ctx: Context, input: ModelAddress & { key: string }) {
  const { key, ...address } = input;
  await change(ctx, address, {
    action: "model.untag",
    details: { key },
    apply: (client, { id }) => removeRegistryTag(client, { model: id }, key),
  });
}

/** Deletes a registered model with its versions; the files they were made of stay. */
export async function deleteModel(ctx: Context, address: ModelAddress): Promise<void> {
  await change(ctx, address, {
    action: "model.delete",
    permission: "model.delete",
    apply: (client, { id }) => client.query("DELETE FROM registered_model WHERE id = $1", [id]),
  });
}
