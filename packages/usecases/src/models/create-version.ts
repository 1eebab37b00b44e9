import type { PoolClient } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { badVersionSource } from "@tessera/mlflow/faults";
import type { ModelVersionRecord } from "@tessera/mlflow/wire/present-registry";
import type { CreateVersionRequest } from "@tessera/mlflow/wire/registry-requests";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { changeInRegistry } from "./change-in-registry.ts";
import { ensureModel } from "./create-model.ts";
import { findModel, findVersion, projectOfModels } from "./find-model.ts";
import { loadVersion } from "./load-models.ts";
import { type VersionSource, versionSource } from "./version-source.ts";
import { writeRegistryTags } from "./write-registry-tags.ts";

type Input = {
  readonly project: string;
  /** Whether the model is made too when there is none of that name. */
  readonly makeModel?: boolean;
} & CreateVersionRequest;

function isPrompt({ tags }: Input): boolean {
  return tags.some(({ key, value }) => key === "mlflow.prompt.is_prompt" && value === "true");
}

/** A prompt is all in its tags; what it says of a source is a word that leads nowhere. */
function promptSource({ source }: Input): VersionSource {
  if (!/^[\w-]+$/.test(source)) throw badVersionSource(source, "A prompt has no files.");
  return { storageUri: source, runId: null, loggedModelId: null };
}

async function insertVersion(
  ctx: Context,
  client: PoolClient,
  input: Input & { readonly registeredId: string; readonly from: VersionSource },
): Promise<{ id: string; number: number }> {
  const { rows } = await client.query<{ number: number }>(
    `UPDATE registered_model SET next_version = next_version + 1 WHERE id = $1
     RETURNING next_version - 1 AS number`,
    [input.registeredId],
  );
  const number = rows[0]?.number ?? 1;
  const id = newId();
  const { from } = input;
  await client.query(
    `INSERT INTO model_version (id, model_id, number, description, source, storage_uri, run_id,
                                run_link, logged_model_id, workload_id, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      input.registeredId,
      number,
      input.description ?? "",
      input.source,
      from.storageUri,
      from.runId,
      input.runLink,
      from.loggedModelId,
      ctx.actor.kind === "run" ? ctx.actor.workloadId : null,
      actorName(ctx.actor),
    ],
  );
  return { id, number };
}

/**
 * Makes the next version of a registered model of files that were logged. A job's token makes them
 * of its own runs' files alone. @throws MlflowError
 */
export async function createVersion(ctx: Context, input: Input): Promise<ModelVersionRecord> {
  const { id: projectId } = await projectOfModels(ctx, "model.write", input);
  const { name } = input;
  const from = isPrompt(input)
    ? promptSource(input)
    : await versionSource(ctx, { projectId, given: input });
  let version = 0;
  await changeInRegistry(ctx, {
    projectId,
    apply: async (client) => {
      if (input.makeModel === true) await ensureModel(ctx, client, { projectId, name });
      const model = await findModel(client, { projectId, name }, { lock: true });
      const made = await insertVersion(ctx, client, { ...input, registeredId: model.id, from });
      version = made.number;
      await writeRegistryTags(client, { version: made.id }, input.tags);
      const { runId } = from;
      return {
        action: "model-version.create",
        modelId: model.id,
        name,
        details: { version, source: input.source, ...(runId === null ? {} : { runId }) },
      };
    },
  });
  return loadVersion(ctx, await findVersion(ctx.db.pool, { projectId, name, version }));
}
