import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { loggedModelNotFound } from "@tessera/mlflow/faults";
import type { LogOutputsRequest, ModelOutput } from "@tessera/mlflow/wire/input-requests";
import type { Context } from "../platform/platform.ts";
import { type TrackedRun, writableRun } from "./find-run.ts";
import { noteRunChange } from "./note-run-change.ts";

interface RunModels {
  readonly direction: "input" | "output";
  readonly models: readonly ModelOutput[];
}

/** Records which logged models a run read or made. @throws MlflowError for an unknown one */
export async function writeRunModels(
  client: PoolClient,
  run: TrackedRun,
  { direction, models }: RunModels,
): Promise<void> {
  const ids = models.map(({ modelId }) => modelId);
  if (ids.length === 0) return;
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM logged_model WHERE project_id = $1 AND id = ANY($2) AND NOT deleted",
    [run.projectId, ids],
  );
  const known = new Set(rows.map((row) => row.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw loggedModelNotFound(missing);
  await client.query(
    `INSERT INTO run_model (run_id, direction, model_id, step)
     SELECT $1, $2, * FROM unnest($3::text[], $4::int8[]) ON CONFLICT DO NOTHING`,
    [run.id, direction, ids, models.map(({ step }) => step)],
  );
}

/** Records which models a run made; the same one again changes nothing. @throws MlflowError */
export async function logOutputs(
  ctx: Context,
  { project, request }: { project: string; request: LogOutputsRequest },
): Promise<void> {
  const run = await writableRun(ctx, { project, runId: request.runId });
  await withTransaction(ctx.db.pool, async (client) => {
    await writeRunModels(client, run, { direction: "output", models: request.models });
    await noteRunChange(client, { projectId: run.projectId, runId: run.id });
  });
}
