import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { loggedModelTagNotFound } from "@tessera/mlflow/faults";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { LoggedModelStatus } from "@tessera/mlflow/wire/logged-model-requests";
import type { LoggedModelRecord } from "@tessera/mlflow/wire/present-registry";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { findLoggedModel, type LoggedModelRow, writableLoggedModel } from "./find-logged-model.ts";
import { loadLoggedModel } from "./load-logged-models.ts";
import { noteRunChange } from "./note-run-change.ts";
import { writeModelParams, writeModelTags } from "./write-model-pairs.ts";

interface Address {
  readonly project: string;
  readonly modelId: string;
}

interface Change {
  readonly action: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly apply: (client: PoolClient) => Promise<unknown>;
}

async function change(ctx: Context, model: LoggedModelRow, { apply, ...entry }: Change) {
  const { id, projectId, sourceRunId } = model;
  await withTransaction(
    ctx.db.pool,
    async (client) => {
      await client.query("UPDATE logged_model SET updated_at = now() WHERE id = $1", [id]);
      await apply(client);
      await recordAudit(ctx, client, { ...entry, subject: id, projectId });
      if (sourceRunId !== null) await noteRunChange(client, { projectId, runId: sourceRunId });
    },
    { retries: 3 },
  );
}

async function reloaded(ctx: Context, { id, projectId }: LoggedModelRow) {
  return loadLoggedModel(ctx, await findLoggedModel(ctx, { projectId, modelId: id }));
}

/** Says whether all of a model's files are there. */
export async function finalizeLoggedModel(
  ctx: Context,
  { status, ...address }: Address & { status: LoggedModelStatus },
): Promise<LoggedModelRecord> {
  const model = await writableLoggedModel(ctx, address);
  await change(ctx, model, {
    action: "logged-model.finalize",
    details: { status },
    apply: (client) =>
      client.query("UPDATE logged_model SET status = $2 WHERE id = $1", [model.id, status]),
  });
  return reloaded(ctx, model);
}

export async function logModelParams(
  ctx: Context,
  { params, ...address }: Address & { params: readonly KeyValue[] },
): Promise<void> {
  const model = await writableLoggedModel(ctx, address);
  await change(ctx, model, {
    action: "logged-model.params",
    apply: (client) => writeModelParams(client, model.id, params),
  });
}

export async function setLoggedModelTags(
  ctx: Context,
  { tags, ...address }: Address & { tags: readonly KeyValue[] },
): Promise<LoggedModelRecord> {
  const model = await writableLoggedModel(ctx, address);
  await change(ctx, model, {
    action: "logged-model.tag",
    details: { keys: tags.map(({ key }) => key) },
    apply: (client) => writeModelTags(client, model.id, tags),
  });
  return reloaded(ctx, model);
}

export async function deleteLoggedModelTag(
  ctx: Context,
  { key, ...address }: Address & { key: string },
): Promise<void> {
  const model = await writableLoggedModel(ctx, address);
  await change(ctx, model, {
    action: "logged-model.untag",
    details: { key },
    apply: async (client) => {
      const { rowCount } = await client.query(
        "DELETE FROM logged_model_tag WHERE model_id = $1 AND key = $2",
        [model.id, key],
      );
      if (rowCount === 0) throw loggedModelTagNotFound(model.id, key);
    },
  });
}

/** Marks a model as deleted; versions that were registered from it keep its files. */
export async function deleteLoggedModel(ctx: Context, address: Address): Promise<void> {
  const model = await writableLoggedModel(ctx, address, "run.delete");
  await change(ctx, model, {
    action: "logged-model.delete",
    apply: (client) =>
      client.query("UPDATE logged_model SET deleted = true WHERE id = $1", [model.id]),
  });
}
