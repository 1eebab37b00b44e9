import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { experimentNotInState, runNamesDiffer } from "@tessera/mlflow/faults";
import { inventRunName } from "@tessera/mlflow/run-names";
import { type KeyValue, requireLength, validateRunTag } from "@tessera/mlflow/validation";
import type { RunRecord } from "@tessera/mlflow/wire/present-run";
import { newRunId } from "../runs/new-run-id.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { findExperiment } from "./experiments.ts";
import type { TrackedRun } from "./find-run.ts";
import { runRecord } from "./load-runs.ts";
import { noteRunChange } from "./note-run-change.ts";
import { lastOfEach, RUN_NAME, writeTags } from "./write-tags.ts";

interface Input {
  readonly project: string;
  readonly experimentId: string | undefined;
  readonly userId: string;
  readonly runName: string | undefined;
  readonly startTime: number | undefined;
  readonly tags: readonly KeyValue[];
}

const LONGEST_USER = 256;

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

async function insertRun(client: PoolClient, run: TrackedRun): Promise<void> {
  await client.query({
    name: "insert-run",
    text: `INSERT INTO run (id, project_id, experiment_id, name, status, user_id, workload_id, start_time)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      run.id,
      run.projectId,
      run.experimentId,
      run.name,
      run.status,
      run.userId,
      run.workloadId,
      run.startTime,
    ],
  });
}

/** Starts a run. One that a job's token makes belongs to that job. @throws MlflowError */
export async function createRun(ctx: Context, input: Input): Promise<RunRecord> {
  const { project } = await authorize(ctx, "run.write", { project: input.project });
  const experiment = await findExperiment(ctx, project.id, input.experimentId ?? "0");
  if (experiment.deleted) throw experimentNotInState(String(experiment.number), "active");
  requireLength("user_id", input.userId, LONGEST_USER);
  const others = input.tags.filter((tag) => tag.key !== RUN_NAME);
  const named = validateRunTag({ key: RUN_NAME, value: nameOf(input) });
  const tags = lastOfEach([...others.map((tag) => validateRunTag(tag)), named]);
  const run: TrackedRun = {
    id: newRunId(project.id),
    projectId: project.id,
    experimentId: experiment.id,
    experimentNumber: experiment.number,
    experimentName: experiment.name,
    name: named.value,
    status: "RUNNING",
    userId: input.userId || actorName(ctx.actor),
    startTime: input.startTime ?? ctx.clock.now().getTime(),
    endTime: null,
    deleted: false,
    workloadId: workloadOf(ctx),
  };
  await withTransaction(ctx.db.pool, async (client) => {
    await insertRun(client, run);
    await writeTags(client, run.id, tags);
    await noteRunChange(client, { projectId: project.id, runId: run.id });
  });
  return runRecord(run, { metrics: [], params: [], tags, datasets: [] });
}
