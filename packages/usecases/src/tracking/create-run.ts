import { withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { experimentNotInState, runNamesDiffer } from "@tessera/mlflow/faults";
import { inventRunName } from "@tessera/mlflow/run-names";
import { type KeyValue, validateRunTag } from "@tessera/mlflow/validation";
import type { RunRecord } from "@tessera/mlflow/wire/present-run";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { findExperiment } from "./experiments.ts";
import { findRun } from "./find-run.ts";
import { loadRun } from "./load-runs.ts";
import { noteRunChange } from "./note-run-change.ts";
import { writeTags } from "./write-tags.ts";

interface Input {
  readonly project: string;
  readonly experimentId: string | undefined;
  readonly userId: string;
  readonly runName: string | undefined;
  readonly startTime: number | undefined;
  readonly tags: readonly KeyValue[];
}

const RUN_NAME = "mlflow.runName";

function nameOf(input: Input): string {
  const tagged = input.tags.find((tag) => tag.key === RUN_NAME)?.value;
  if (input.runName !== undefined && tagged !== undefined && input.runName !== tagged) {
    throw runNamesDiffer(input.runName, tagged);
  }
  return input.runName ?? tagged ?? inventRunName(Math.random());
}

function workloadOf(ctx: Context): string | null {
  return ctx.actor.kind === "run" ? ctx.actor.workloadId : null;
}

/** Starts a run. One that a job's token makes belongs to that job. @throws MlflowError */
export async function createRun(ctx: Context, input: Input): Promise<RunRecord> {
  const { project } = await authorize(ctx, "run.write", { project: input.project });
  const experiment = await findExperiment(ctx, project.id, input.experimentId ?? "0");
  if (experiment.deleted) throw experimentNotInState(String(experiment.number), "active");
  const name = nameOf(input);
  const tags = input.tags.filter((tag) => tag.key !== RUN_NAME).map((tag) => validateRunTag(tag));
  const id = newId();
  await withTransaction(ctx.db.pool, async (client) => {
    await client.query(
      `INSERT INTO run (id, project_id, experiment_id, name, status, user_id, workload_id, start_time)
       VALUES ($1, $2, $3, $4, 'RUNNING', $5, $6, $7)`,
      [
        id,
        project.id,
        experiment.id,
        name,
        input.userId || actorName(ctx.actor),
        workloadOf(ctx),
        input.startTime ?? ctx.clock.now().getTime(),
      ],
    );
    await writeTags(client, id, [...tags, { key: RUN_NAME, value: name }]);
    await noteRunChange(client, { projectId: project.id, runId: id });
  });
  return loadRun(ctx, await findRun(ctx, project.id, id));
}
