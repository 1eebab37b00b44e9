import type { Context } from "../platform/platform.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import { changeVersion } from "./change-version.ts";
import {
  findModel,
  type ModelAddress,
  projectOfModels,
  type VersionAddress,
} from "./find-model.ts";

interface Reasoned {
  /** Why, for those who read the audit log later. */
  readonly reason?: string | undefined;
}

const given = ({ reason }: Reasoned): Reasoned => (reason === undefined ? {} : { reason });

/** Points an alias to a version, away from the one that it pointed to. */
export async function setAlias(
  ctx: Context,
  { alias, reason, ...address }: VersionAddress & Reasoned & { alias: string },
): Promise<void> {
  await changeVersion(ctx, address, {
    action: "model.alias.set",
    permission: "model.promote",
    details: { alias, ...given({ reason }) },
    apply: (client, { id, modelId }) =>
      client.query(
        `INSERT INTO model_alias (model_id, alias, version_id) VALUES ($1, $2, $3)
         ON CONFLICT (model_id, alias)
         DO UPDATE SET version_id = excluded.version_id, set_at = now()`,
        [modelId, alias, id],
      ),
  });
}

/** Removes an alias; one that is not there is removed already, as in MLflow. */
export async function removeAlias(
  ctx: Context,
  { project, name, alias, reason }: ModelAddress & Reasoned & { alias: string },
): Promise<void> {
  const { id: projectId } = await projectOfModels(ctx, "model.promote", { project });
  await changeInRegistry(ctx, {
    projectId,
    apply: async (client) => {
      const { id: modelId } = await findModel(client, { projectId, name }, { lock: true });
      await client.query("DELETE FROM model_alias WHERE model_id = $1 AND alias = $2", [
        modelId,
        alias,
      ]);
      return {
        action: "model.alias.remove",
        modelId,
        name,
        details: { alias, ...given({ reason }) },
      };
    },
  });
}
