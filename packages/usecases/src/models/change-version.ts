import type { PoolClient } from "@tessera/db/transaction";
import type { ModelStage } from "@tessera/mlflow/model-stages";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { ModelVersionRecord } from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import { assertMadeByCaller } from "../tracking/find-logged-model.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import {
  findModel,
  findVersion,
  projectOfModels,
  type VersionAddress,
  type VersionRow,
} from "./find-model.ts";
import { loadVersion } from "./load-models.ts";
import { removeRegistryTag, writeRegistryTags } from "./write-registry-tags.ts";

interface Change {
  readonly action: string;
  readonly permission?: "model.write" | "model.promote" | "model.delete";
  readonly details?: Readonly<Record<string, unknown>>;
  readonly apply: (client: PoolClient, version: VersionRow) => Promise<unknown>;
}

/** Changes one version, while nobody else changes its model. Answers the project's id. */
export async function changeVersion(
  ctx: Context,
  { project, name, version: number }: VersionAddress,
  { permission = "model.write", action, details = {}, apply }: Change,
): Promise<string> {
  const { id: projectId } = await projectOfModels(ctx, permission, { project });
  await changeInRegistry(ctx, {
    projectId,
    apply: async (client) => {
      await findModel(client, { projectId, name }, { lock: true });
      const version = await findVersion(client, { projectId, name, version: number });
      assertMadeByCaller(ctx, `version ${number} of "${name}"`, version);
      await apply(client, version);
      await client.query("UPDATE model_version SET updated_at = now() WHERE id = $1", [version.id]);
      return { action, modelId: version.modelId, name, details: { version: number, ...details } };
    },
  });
  return projectId;
}

async function reloaded(
  ctx: Context,
  projectId: string,
  { name, version }: VersionAddress,
): Promise<ModelVersionRecord> {
  return loadVersion(ctx, await findVersion(ctx.db.pool, { projectId, name, version }));
}

/** Describes a version. */
export async function updateVersion(
  ctx: Context,
  { description, ...address }: VersionAddress & { description: string },
): Promise<ModelVersionRecord> {
  const projectId = await changeVersion(ctx, address, {
    action: "model-version.update",
    apply: (client, { id }) =>
      client.query("UPDATE model_version SET description = $2 WHERE id = $1", [id, description]),
  });
  return reloaded(ctx, projectId, address);
}

export async function setVersionTag(ctx: Context, input: VersionAddress & { tag: KeyValue }) {
  const { tag, ...address } = input;
  await changeVersion(ctx, address, {
    action: "model-version.tag",
    details: { key: tag.key },
    apply: (client, { id }) => writeRegistryTags(client, { version: id }, [tag]),
  });
}

export async function deleteVersionTag(ctx: Context, input: VersionAddress & { key: string }) {
  const { key, ...address } = input;
  await changeVersion(ctx, address, {
    action: "model-version.untag",
    details: { key },
    apply: (client, { id }) => removeRegistryTag(client, { version: id }, key),
  });
}

interface Transition extends VersionAddress {
  readonly stage: ModelStage;
  /** Whether the versions that are in the stage now leave it for the archive. */
  readonly archiveOthers: boolean;
  readonly reason?: string | undefined;
}

/** Moves a version to another stage. */
export async function transitionVersion(
  ctx: Context,
  { stage, archiveOthers, reason, ...address }: Transition,
): Promise<ModelVersionRecord> {
  const projectId = await changeVersion(ctx, address, {
    action: "model-version.stage",
    permission: "model.promote",
    details: { stage, ...(reason === undefined ? {} : { reason }) },
    apply: async (client, { id, modelId }) => {
      if (archiveOthers) {
        await client.query(
          `UPDATE model_version SET stage = 'Archived', updated_at = now()
           WHERE model_id = $1 AND stage = $2 AND id <> $3`,
          [modelId, stage, id],
        );
      }
      await client.query("UPDATE model_version SET stage = $2 WHERE id = $1", [id, stage]);
    },
  });
  return reloaded(ctx, projectId, address);
}

/** Deletes a version and the aliases that point to it; its number is not given again. */
export async function deleteVersion(ctx: Context, address: VersionAddress): Promise<void> {
  await changeVersion(ctx, address, {
    action: "model-version.delete",
    permission: "model.delete",
    apply: (client, { id }) => client.query("DELETE FROM model_version WHERE id = $1", [id]),
  });
}
