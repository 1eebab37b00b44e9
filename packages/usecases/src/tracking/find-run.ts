import type { RunStatus } from "@tessera/mlflow/wire/enums";
import { MlflowError } from "@tessera/mlflow/errors";
import { runNotFound, runNotInState } from "@tessera/mlflow/faults";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** A run's own columns. */
export interface TrackedRun {
  readonly id: string;
  readonly projectId: string;
  /** The experiment's own id, which scopes metrics. */
  readonly experimentId: string;
  /** The id that clients see. */
  readonly experimentNumber: number;
  readonly experimentName: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly userId: string;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly deleted: boolean;
  readonly workloadId: string | null;
}

/** Columns of a query whose run is `r` and whose experiment is `e`, as TrackedRun names them. */
export const RUN_COLUMNS = `r.id, r.project_id AS "projectId", r.experiment_id AS "experimentId",
  e.number AS "experimentNumber", e.name AS "experimentName", r.name, r.status,
  r.user_id AS "userId", r.start_time::float8 AS "startTime", r.end_time::float8 AS "endTime",
  r.deleted, r.workload_id AS "workloadId"`;

const FIND = {
  name: "find-run",
  text: `SELECT ${RUN_COLUMNS} FROM run r JOIN experiment e ON e.id = r.experiment_id
         WHERE r.id = $1 AND r.project_id = $2`,
};

/** A run of a project that the caller may already see. @throws MlflowError */
export async function findRun(ctx: Context, projectId: string, id: string): Promise<TrackedRun> {
  const { rows } = await ctx.db.pool.query<TrackedRun>({ ...FIND, values: [id, projectId] });
  const run = rows[0];
  if (run === undefined) throw runNotFound(id);
  return run;
}

/** A job's own token writes to its own run, and to runs that it made, alone. */
function assertOwn(ctx: Context, run: TrackedRun): void {
  const { actor } = ctx;
  if (actor.kind !== "run" || run.workloadId === actor.workloadId) return;
  throw new MlflowError(
    "PERMISSION_DENIED",
    `This job's token may not write to the run ${run.id}, which belongs to another job`,
  );
}

interface RunAddress {
  readonly project: string;
  readonly runId: string;
}

/** A run that the caller may read. */
export async function readableRun(ctx: Context, input: RunAddress): Promise<TrackedRun> {
  const { project } = await authorize(ctx, "run.read", { project: input.project });
  return findRun(ctx, project.id, input.runId);
}

/** A run that the caller may write to, and that is not deleted. */
export async function writableRun(ctx: Context, input: RunAddress): Promise<TrackedRun> {
  const { project } = await authorize(ctx, "run.write", { project: input.project });
  const run = await findRun(ctx, project.id, input.runId);
  assertOwn(ctx, run);
  if (run.deleted) throw runNotInState(run.id, "active");
  return run;
}
