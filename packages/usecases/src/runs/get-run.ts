import type { Run, UpdateRun } from "@tessera/contracts/run";
import { withTransaction } from "@tessera/db/transaction";
import { validateRunTag } from "@tessera/mlflow/validation";
import type { Context } from "../platform/platform.ts";
import { markRunDeleted } from "../tracking/change-run.ts";
import { findRun, readableRun, writableRun } from "../tracking/find-run.ts";
import { noteRunChange } from "../tracking/note-run-change.ts";
import { writeTags } from "../tracking/write-tags.ts";
import { presentRun } from "./present-run.ts";

interface Address {
  readonly project: string;
  readonly id: string;
}

export async function getRun(ctx: Context, { project, id }: Address): Promise<Run> {
  return presentRun(ctx, project, await readableRun(ctx, { project, runId: id }));
}

const NOTE = "mlflow.note.content";

/** Renames, annotates and tags a run, all or none. */
export async function updateRun(
  ctx: Context,
  { project, id, changes }: Address & { changes: UpdateRun },
): Promise<Run> {
  const run = await writableRun(ctx, { project, runId: id });
  const entries = Object.entries(changes.tags ?? {});
  const removed = entries.filter(([, value]) => value === null).map(([key]) => key);
  const set = [
    ...entries.flatMap(([key, value]) => (value === null ? [] : [{ key, value }])),
    ...(changes.name === undefined ? [] : [{ key: "mlflow.runName", value: changes.name }]),
    ...(changes.note === undefined ? [] : [{ key: NOTE, value: changes.note }]),
  ].map((tag) => validateRunTag(tag));
  await withTransaction(ctx.db.pool, async (client) => {
    if (removed.length > 0) {
      await client.query("DELETE FROM run_tag WHERE run_id = $1 AND key = ANY($2)", [id, removed]);
    }
    await writeTags(client, id, set);
    await noteRunChange(client, { projectId: run.projectId, runId: id });
  });
  return presentRun(ctx, project, await findRun(ctx, run.projectId, id));
}

/** Marks a run as deleted. */
export async function deleteRun(ctx: Context, { project, id }: Address): Promise<void> {
  await markRunDeleted(ctx, { project, runId: id, deleted: true });
}

/** Brings a deleted run back. */
export async function restoreRun(ctx: Context, { project, id }: Address): Promise<Run> {
  await markRunDeleted(ctx, { project, runId: id, deleted: false });
  return getRun(ctx, { project, id });
}
