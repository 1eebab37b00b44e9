import { PlatformError } from "@tessera/contracts/errors";
import { Direction, Method, SearchSpace } from "@tessera/contracts/search-space";
import { SweepState } from "@tessera/contracts/sweep";
import type { PoolClient } from "@tessera/db/transaction";
import type { JobPlan } from "../jobs/plan-job.ts";
import { planOf } from "./sweep-plan.ts";

/** What decides about a sweep's next step. */
export interface LockedSweep {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly state: SweepState;
  readonly plan: JobPlan | null;
  readonly space: SearchSpace;
  readonly sampler: Method;
  readonly pruner: Method | null;
  readonly metric: string;
  readonly direction: Direction;
  readonly seed: number;
  readonly maxTrials: number;
  readonly parallelism: number;
  readonly failureLimit: number;
  readonly createdBy: string | null;
  readonly submittedBy: string;
}

interface SweepRow extends Omit<
  LockedSweep,
  "state" | "plan" | "space" | "sampler" | "pruner" | "direction"
> {
  readonly state: string;
  readonly direction: string;
  readonly plan: unknown;
  readonly space: unknown;
  readonly sampler: unknown;
  readonly pruner: unknown;
}

const lockSql = {
  name: "lock-sweep",
  text: `SELECT id, project_id AS "projectId", name, state, plan, space, sampler, pruner, metric,
                direction, seed, max_trials AS "maxTrials", parallelism,
                failure_limit AS "failureLimit", created_by AS "createdBy",
                submitted_by AS "submittedBy"
         FROM sweep WHERE id = $1 FOR UPDATE`,
};

/**
 * Reads a sweep; steps and changes of it wait until the transaction ends. Lock it before any of its
 * workloads. Undefined when it is gone.
 */
export async function lockSweep(client: PoolClient, id: string): Promise<LockedSweep | undefined> {
  const { rows } = await client.query<SweepRow>({ ...lockSql, values: [id] });
  const row = rows[0];
  return (
    row && {
      ...row,
      state: SweepState.parse(row.state),
      direction: Direction.parse(row.direction),
      plan: planOf(row.plan),
      space: SearchSpace.parse(row.space),
      sampler: Method.parse(row.sampler),
      pruner: row.pruner === null ? null : Method.parse(row.pruner),
    }
  );
}

/** A sweep of a project that the caller may already see. @throws PlatformError (not_found) */
export async function lockSweepOf(
  client: PoolClient,
  { projectId, id }: { readonly projectId: string; readonly id: string },
): Promise<LockedSweep> {
  const sweep = await lockSweep(client, id);
  if (sweep?.projectId === projectId) return sweep;
  throw new PlatformError("not_found", `There is no sweep ${id} in this project`);
}
