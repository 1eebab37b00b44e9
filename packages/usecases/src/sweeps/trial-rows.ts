import { WorkloadState } from "@tessera/contracts/job";
import { ParameterValues } from "@tessera/contracts/search-space";
import { TrialState } from "@tessera/contracts/sweep";
import type { PoolClient } from "@tessera/db/transaction";
import type { PastTrial, Study } from "@tessera/tuning/study/study";
import { z } from "zod";
import type { LockedSweep } from "./lock-sweep.ts";

const Reports = z.array(z.tuple([z.number(), z.number()]));

/** A trial with the state of its job. */
export interface TrialRow {
  readonly number: number;
  readonly state: TrialState;
  readonly values: ParameterValues;
  readonly objective: number | null;
  /** [step, value], by step. */
  readonly reports: readonly (readonly [number, number])[];
  readonly judgedStep: number | null;
  readonly pruning: string | null;
  readonly workloadId: string | null;
  readonly workloadState: WorkloadState | null;
  readonly workloadReason: string | null;
}

interface StoredRow extends Omit<TrialRow, "state" | "values" | "reports" | "workloadState"> {
  readonly state: string;
  readonly values: unknown;
  readonly reports: unknown;
  readonly workloadState: string | null;
}

const readSql = {
  name: "sweep-trials",
  text: `SELECT t.number, t.state, t.values, t.objective, t.reports, t.judged_step AS "judgedStep",
                t.pruning, t.workload_id AS "workloadId", w.state AS "workloadState",
                w.reason AS "workloadReason"
         FROM sweep_trial t LEFT JOIN workload w ON w.id = t.workload_id
         WHERE t.sweep_id = $1 ORDER BY t.number`,
};

/** Every trial of a sweep, in the order of asking. */
export async function readTrials(client: PoolClient, sweepId: string): Promise<TrialRow[]> {
  const { rows } = await client.query<StoredRow>({ ...readSql, values: [sweepId] });
  return rows.map((row) => ({
    ...row,
    state: TrialState.parse(row.state),
    values: ParameterValues.parse(row.values),
    reports: Reports.parse(row.reports),
    workloadState: row.workloadState === null ? null : WorkloadState.parse(row.workloadState),
  }));
}

/** A trial as samplers and pruners see it; one that was cancelled has nothing to teach. */
function pastTrialOf(row: TrialRow): PastTrial {
  return {
    number: row.number,
    state: row.state === "cancelled" ? "failed" : row.state,
    values: row.values,
    objectives: row.objective === null ? null : [row.objective],
    reports: row.reports.map(([step, value]) => ({ step, value })),
  };
}

export function studyOf(sweep: LockedSweep, trials: readonly TrialRow[]): Study {
  const { space, seed, direction } = sweep;
  return { space, seed, directions: [direction], trials: trials.map(pastTrialOf) };
}
