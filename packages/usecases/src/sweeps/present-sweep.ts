import { WorkloadState } from "@tessera/contracts/job";
import { Direction, Method, ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import { type Sweep, SweepState, type Trial, TrialState } from "@tessera/contracts/sweep";
import { planOf } from "./sweep-plan.ts";

/** A trial as it is read; times are text where they come within JSON. */
interface PresentedTrialRow {
  readonly number: number;
  readonly state: string;
  readonly values: unknown;
  readonly objective: number | null;
  readonly reason: string | null;
  readonly pruning: string | null;
  readonly runId: string | null;
  readonly jobState: string | null;
  readonly createdAt: Date | string;
  readonly finishedAt: Date | string | null;
}

/** A trial's columns, of `t` and its workload `w`, as PresentedTrialRow names them. */
const trialColumns = {
  number: "t.number",
  state: "t.state",
  values: "t.values",
  objective: "t.objective",
  reason: "t.reason",
  pruning: "t.pruning",
  runId: "t.workload_id",
  jobState: "w.state",
  createdAt: "t.created_at",
  finishedAt: "t.finished_at",
} as const satisfies Record<keyof PresentedTrialRow, string>;

export const TRIAL_COLUMNS = Object.entries(trialColumns)
  .map(([name, column]) => `${column} AS "${name}"`)
  .join(", ");

const TRIAL_JSON = `json_build_object(${Object.entries(trialColumns)
  .map(([name, column]) => `'${name}', ${column}`)
  .join(", ")})`;

function instant(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toISOString();
}

export function presentTrial(row: PresentedTrialRow): Trial {
  return {
    number: row.number,
    state: TrialState.parse(row.state),
    values: ParameterValues.parse(row.values),
    objective: row.objective,
    // While its job ends, what the pruner said.
    reason: row.reason ?? row.pruning,
    runId: row.runId,
    jobState: row.jobState === null ? null : WorkloadState.parse(row.jobState),
    createdAt: new Date(row.createdAt).toISOString(),
    finishedAt: instant(row.finishedAt),
  };
}

/** A sweep as it is read. */
export interface PresentedSweepRow {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly state: string;
  readonly reason: string | null;
  readonly plan: unknown;
  readonly space: unknown;
  readonly sampler: unknown;
  readonly pruner: unknown;
  readonly metric: string;
  readonly direction: string;
  readonly seed: number;
  readonly maxTrials: number;
  readonly parallelism: number;
  readonly failureLimit: number;
  readonly submittedBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly experimentNumber: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly best: PresentedTrialRow | null;
}

/** Sweeps `s` with what belongs to them; a condition and an order follow. */
export const SELECT_SWEEPS = `
  SELECT s.id, p.slug AS project, s.name, s.state, s.reason, s.plan, s.space, s.sampler, s.pruner,
    s.metric, s.direction, s.seed, s.max_trials AS "maxTrials", s.parallelism,
    s.failure_limit AS "failureLimit", s.submitted_by AS "submittedBy",
    s.created_at AS "createdAt", s.finished_at AS "finishedAt", e.number AS "experimentNumber",
    (SELECT coalesce(json_object_agg(c.state, c.count), '{}') FROM (
       SELECT t.state, count(*)::int AS count FROM sweep_trial t
       WHERE t.sweep_id = s.id GROUP BY t.state) c) AS counts,
    (SELECT ${TRIAL_JSON} FROM sweep_trial t LEFT JOIN workload w ON w.id = t.workload_id
     WHERE t.sweep_id = s.id AND t.state = 'complete'
     ORDER BY CASE s.direction WHEN 'minimize' THEN t.objective ELSE -t.objective END, t.number
     LIMIT 1) AS best
  FROM sweep s
  JOIN project p ON p.id = s.project_id
  LEFT JOIN experiment e ON e.id = s.plan ->> 'experimentId'`;

function countsOf(counts: Readonly<Record<string, number>>): Sweep["trials"] {
  const { running = 0, complete = 0, pruned = 0, failed = 0, cancelled = 0 } = counts;
  return { running, complete, pruned, failed, cancelled };
}

export function presentSweep(row: PresentedSweepRow): Sweep {
  const { experimentNumber, best } = row;
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    state: SweepState.parse(row.state),
    reason: row.reason,
    command: planOf(row.plan)?.job.command ?? null,
    space: SearchSpace.parse(row.space),
    sampler: Method.parse(row.sampler),
    pruner: row.pruner === null ? null : Method.parse(row.pruner),
    metric: row.metric,
    direction: Direction.parse(row.direction),
    seed: row.seed,
    maxTrials: row.maxTrials,
    parallelism: row.parallelism,
    failureLimit: row.failureLimit,
    trials: countsOf(row.counts),
    best: best === null ? null : presentTrial(best),
    experimentId: experimentNumber === null ? null : String(experimentNumber),
    submittedBy: row.submittedBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: instant(row.finishedAt),
  };
}
