import { PlatformError } from "@tessera/contracts/errors";
import { terminalStates } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";
import { withTransaction } from "@tessera/db/transaction";
import { runNotInState, runTagNotFound } from "@tessera/mlflow/faults";
import { type KeyValue, validateParam, validateRunTag } from "@tessera/mlflow/validation";
import type { UpdateRunRequest } from "@tessera/mlflow/wire/run-requests";
import type { RunRecord } from "@tessera/mlflow/wire/present-run";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRun, type TrackedRun, writableRun } from "./find-run.ts";
import { loadRun } from "./load-runs.ts";
import { noteRunChange } from "./note-run-change.ts";
import { writeParams } from "./write-params.ts";
import { RUN_NAME, writeTags } from "./write-tags.ts";

interface Address {
  readonly project: string;
  readonly runId: string;
}

async function changeRun(
  ctx: Context,
  run: TrackedRun,
  apply: (client: PoolClient) => Promise<unknown>,
): Promise<void> {
  await withTransaction(
    ctx.db.pool,
    async (client) => {
      await apply(client);
      await noteRunChange(client, { projectId: run.projectId, runId: run.id });
    },
    { retries: 3 },
  );
}

/** Changes status, end and name; what is left out stays. */
export async function updateRunInfo(
  ctx: Context,
  { project, update }: { project: string; update: UpdateRunRequest },
): Promise<RunRecord> {
  const run = await writableRun(ctx, { project, runId: update.runId });
  const name = update.runName === undefined ? [] : [{ key: RUN_NAME, value: update.runName }];
  const tags = name.map((tag) => validateRunTag(tag));
  await changeRun(ctx, run, async (client) => {
    // Tags before the run itself, as everywhere, so that two writers cannot wait for each other.
    await writeTags(client, run.id, tags);
    await client.query(
      `UPDATE run SET status = coalesce($2, status), end_time = coalesce($3, end_time) WHERE id = $1`,
      [run.id, update.status ?? null, update.endTime ?? null],
    );
  });
  return loadRun(ctx, await findRun(ctx, run.projectId, run.id));
}

export async function logParam(ctx: Context, input: Address & { param: KeyValue }): Promise<void> {
  const param = validateParam(input.param);
  const run = await writableRun(ctx, input);
  await changeRun(ctx, run, (client) => writeParams(client, run.id, [param]));
}

export async function setRunTag(ctx: Context, input: Address & { tag: KeyValue }): Promise<void> {
  const tag = validateRunTag(input.tag);
  const run = await writableRun(ctx, input);
  await changeRun(ctx, run, (client) => writeTags(client, run.id, [tag]));
}

export async function deleteRunTag(ctx: Context, input: Address & { key: string }): Promise<void> {
  const run = await writableRun(ctx, input);
  await changeRun(ctx, run, async (client) => {
    const { rowCount } = await client.query("DELETE FROM run_tag WHERE run_id = $1 AND key = $2", [
      run.id,
      input.key,
    ]);
    if (rowCount === 0) throw runTagNotFound(run.id, input.key);
  });
}

async function assertNoActiveJob(ctx: Context, run: TrackedRun): Promise<void> {
  const job = await ctx.db.prisma.workload.findFirst({
    where: { id: run.id, state: { notIn: [...terminalStates] } },
  });
  if (!job) return;
  throw new PlatformError("failed_precondition", `The run's job is ${job.state}; cancel it first`);
}

/** Marks a run as deleted, or brings it back. */
export async function markRunDeleted(
  ctx: Context,
  input: Address & { deleted: boolean },
): Promise<void> {
  const { project } = await authorize(ctx, "run.delete", { project: input.project });
  const run = await findRun(ctx, project.id, input.runId);
  if (run.deleted === input.deleted) {
    throw runNotInState(run.id, input.deleted ? "active" : "deleted");
  }
  if (input.deleted) await assertNoActiveJob(ctx, run);
  const deletedTime = input.deleted ? ctx.clock.now().getTime() : null;
  await changeRun(ctx, run, (client) =>
    client.query("UPDATE run SET deleted = $2, deleted_time = $3 WHERE id = $1", [
      run.id,
      input.deleted,
      deletedTime,
    ]),
  );
}
