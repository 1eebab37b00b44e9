import type { RunStatus } from "@tessera/mlflow/wire/enums";
import { MlflowError } from "@tessera/mlflow/errors";
import { runNotFound, runNotInState } from "@tessera/mlflow/faults";
import type { Action } from "@tessera/contracts/action";
import { ACCESS_COLUMNS, type AccessRow, admit, memberOf } from "../identity/authorize.ts";
import { lookupIn } from "../platform/batched-lookup.ts";
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
  readonly startTime: number;
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

// Runs of those ids in those projects: one way to the database for the callers' access and the runs.
const FIND_WITH_ACCESS = {
  name: "find-runs-with-access",
  text: `SELECT k.place::int4 AS place, ${ACCESS_COLUMNS}, ${RUN_COLUMNS}
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY
           AS k (slug, user_id, run_id, place)
         JOIN project p ON p.slug = k.slug
         LEFT JOIN project_member m ON m.project_id = p.id AND m.user_id = k.user_id
         LEFT JOIN run r ON r.id = k.run_id AND r.project_id = p.id
         LEFT JOIN experiment e ON e.id = r.experiment_id`,
};

type Found = AccessRow & { readonly place: number } & {
  [Column in keyof TrackedRun]: TrackedRun[Column] | null;
};

interface Wanted extends RunAddress {
  readonly member: string | null;
}

const findWithAccess = lookupIn<Wanted, Found>(async (pool, wanted) => {
  const { rows } = await pool.query<Found>({
    ...FIND_WITH_ACCESS,
    values: [
      wanted.map(({ project }) => project),
      wanted.map(({ member }) => member),
      wanted.map(({ runId }) => runId),
    ],
  });
  const found = new Map(rows.map((row) => [row.place, row]));
  return wanted.map((_, index) => found.get(index + 1));
});

async function admittedRun(
  ctx: Context,
  action: Action,
  { project, runId }: RunAddress,
): Promise<TrackedRun> {
  const row = await findWithAccess(ctx.db.pool, { project, member: memberOf(ctx.actor), runId });
  admit(ctx, action, { subject: { project }, row });
  if (row === undefined || row.id === null) throw runNotFound(runId);
  return row as TrackedRun;
}

/** A run that the caller may read. */
export function readableRun(
  ctx: Context,
  input: RunAddress,
  action: "run.read" | "artifact.read" = "run.read",
): Promise<TrackedRun> {
  return admittedRun(ctx, action, input);
}

/** A run that the caller may write to, and that is not deleted. */
export async function writableRun(
  ctx: Context,
  input: RunAddress,
  action: "run.write" | "artifact.write" = "run.write",
): Promise<TrackedRun> {
  const run = await admittedRun(ctx, action, input);
  assertOwn(ctx, run);
  if (run.deleted) throw runNotInState(run.id, "active");
  return run;
}
