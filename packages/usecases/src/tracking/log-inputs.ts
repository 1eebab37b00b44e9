import { withTransaction } from "@tessera/db/transaction";
import type { LogInputsRequest } from "@tessera/mlflow/wire/input-requests";
import type { Context } from "../platform/platform.ts";
import { writableRun } from "./find-run.ts";
import { writeRunModels } from "./log-outputs.ts";
import { noteRunChange } from "./note-run-change.ts";

/** Tag of an input that says what it was used for. */
const CONTEXT_TAG = "mlflow.data.context";

/** Records which datasets and models a run read; the same one again changes nothing. @throws MlflowError */
export async function logInputs(
  ctx: Context,
  { project, request }: { project: string; request: LogInputsRequest },
): Promise<void> {
  const run = await writableRun(ctx, { project, runId: request.runId });
  await withTransaction(ctx.db.pool, async (client) => {
    for (const input of request.datasets) {
      const tags = Object.fromEntries(input.tags.map(({ key, value }) => [key, value]));
      await client.query(
        `INSERT INTO run_input (run_id, name, digest, context, source_type, source, schema, profile, tags)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          run.id,
          input.name,
          input.digest,
          tags[CONTEXT_TAG] ?? "",
          input.sourceType,
          input.source,
          input.schema ?? null,
          input.profile ?? null,
          JSON.stringify(tags),
        ],
      );
    }
    const models = request.modelIds.map((modelId) => ({ modelId, step: 0 }));
    await writeRunModels(client, run, { direction: "input", models });
    await noteRunChange(client, { projectId: run.projectId, runId: run.id });
  });
}
