import { withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { experimentNotInState } from "@tessera/mlflow/faults";
import { inventRunName } from "@tessera/mlflow/run-names";
import type { CreateLoggedModelRequest } from "@tessera/mlflow/wire/logged-model-requests";
import type { LoggedModelRecord } from "@tessera/mlflow/wire/present-registry";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { findExperiment } from "./experiments.ts";
import { findLoggedModel } from "./find-logged-model.ts";
import { writableRun } from "./find-run.ts";
import { loadLoggedModel } from "./load-logged-models.ts";
import { noteRunChange } from "./note-run-change.ts";
import { writeModelParams, writeModelTags } from "./write-model-pairs.ts";

/**
 * Makes a place for a model's files, beside the run that trains it, if there is one; it is pending
 * until the client says that all are there. One that a job's token makes belongs to that job.
 *
 * @throws MlflowError
 */
export async function createLoggedModel(
  ctx: Context,
  { project: slug, request }: { project: string; request: CreateLoggedModelRequest },
): Promise<LoggedModelRecord> {
  const { project } = await authorize(ctx, "run.write", { project: slug });
  const experiment = await findExperiment(ctx, project.id, request.experimentId);
  if (experiment.deleted) throw experimentNotInState(String(experiment.number), "active");
  const { sourceRunId } = request;
  const run =
    sourceRunId === undefined
      ? null
      : await writableRun(ctx, { project: slug, runId: sourceRunId });
  const id = `m-${newId()}`;
  const name = request.name ?? inventRunName(Math.random());
  const workloadId = ctx.actor.kind === "run" ? ctx.actor.workloadId : null;
  await withTransaction(ctx.db.pool, async (client) => {
    await client.query(
      `INSERT INTO logged_model
         (id, project_id, experiment_id, name, model_type, status, source_run_id, workload_id)
       VALUES ($1, $2, $3, $4, $5, 'LOGGED_MODEL_PENDING', $6, $7)`,
      [id, project.id, experiment.id, name, request.modelType, run?.id ?? null, workloadId],
    );
    await writeModelParams(client, id, request.params);
    await writeModelTags(client, id, request.tags);
    await recordAudit(ctx, client, {
      action: "logged-model.create",
      subject: id,
      projectId: project.id,
      details: { name, ...(run === null ? {} : { runId: run.id }) },
    });
    if (run !== null) await noteRunChange(client, { projectId: project.id, runId: run.id });
  });
  return loadLoggedModel(ctx, await findLoggedModel(ctx, { projectId: project.id, modelId: id }));
}
