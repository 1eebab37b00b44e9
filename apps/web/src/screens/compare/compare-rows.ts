import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { knownGoal } from "../../parts/charts/best-value.ts";
import type { Goal } from "../../parts/charts/chart-line.ts";
import { compareValues } from "../../parts/data-table/sort-rows.ts";
import { numberOf } from "../../parts/parallel/parallel-model.ts";
import { chartMetrics } from "../run-charts/chart-metrics.ts";
import {
  fieldId,
  fieldLabel,
  fieldValue,
  isSystemTag,
  readField,
} from "../run-fields/run-field.ts";

export type CompareValue = string | number | null;

export const compareGroups = ["Metrics", "Params", "How it ran", "Tags"] as const;
export type CompareGroup = (typeof compareGroups)[number];

/** One thing that runs can differ in, with what each has. */
export interface CompareRow {
  readonly id: string;
  readonly group: CompareGroup;
  readonly label: string;
  /** By run id. */
  readonly values: ReadonlyMap<string, CompareValue>;
  readonly differs: boolean;
  /** Which way is better, for metrics. */
  readonly goal: Goal | undefined;
  /** The best of the values; undefined without a goal, or where all are the same. */
  readonly best: number | undefined;
}

/** Everything that runs can differ in, group by group, what differs first. */
export function compareRows(runs: readonly Run[], jobs: ReadonlyMap<string, Job>): CompareRow[] {
  // A run that has not logged anything yet does not differ in anything yet.
  const silent = new Set(runs.filter(isSilent).map((run) => run.id));
  const metrics = chartMetrics(runs).map(({ key }) =>
    ofField("Metrics", fieldId("m", key), { runs, silent }),
  );
  const params = keysOf(runs, (run) => run.params).map((key) =>
    ofField("Params", fieldId("p", key), { runs, silent }),
  );
  const tags = keysOf(runs, (run) => run.tags)
    .filter((key) => !isSystemTag(key))
    .map((key) => ofField("Tags", fieldId("t", key), { runs, silent }));
  return [metrics, params, waysOf(runs, jobs), tags].flatMap((rows) =>
    rows.toSorted((a, b) => Number(b.differs) - Number(a.differs)),
  );
}

function keysOf(runs: readonly Run[], pairs: (run: Run) => Record<string, string>): string[] {
  const keys = new Set(runs.flatMap((run) => Object.keys(pairs(run))));
  return [...keys].toSorted((a, b) => compareValues(a, b, 1));
}

function isSilent(run: Run): boolean {
  return run.metrics.length === 0 && Object.keys(run.params).length === 0;
}

interface Compared {
  readonly runs: readonly Run[];
  /** Runs whose lack of a value is no difference. */
  readonly silent: ReadonlySet<string>;
}

function ofField(group: CompareGroup, id: string, { runs, silent }: Compared): CompareRow {
  const field = readField(id);
  const label = field ? fieldLabel(field) : id;
  return rowOf({
    id,
    group,
    label,
    goal: group === "Metrics" ? knownGoal(label) : undefined,
    values: new Map(runs.map((run) => [run.id, field ? fieldValue(field, run) : null])),
    silent,
  });
}

const ways: readonly [id: string, label: string, value: (run: Run, job?: Job) => CompareValue][] = [
  ["state", "State", (run) => run.state],
  ["duration", "Duration", (run) => fieldValue({ kind: "attribute", id: "duration" }, run)],
  ["command", "Command", (_, job) => job?.command.join(" ") ?? null],
  ["code", "Code", (_, job) => job?.snapshotId?.slice(-8) ?? null],
  ["commit", "Commit", (run) => run.tags["mlflow.source.git.commit"]?.slice(0, 10) ?? null],
  [
    "environment",
    "Environment",
    (_, job) => (job?.environment ? `${job.environment.name}@${job.environment.number}` : null),
  ],
  ["tier", "Tier", (_, job) => job?.tier.name ?? null],
  ["experiment", "Experiment", (run) => run.experimentName],
  ["user", "User", (run) => run.user],
];

function waysOf(runs: readonly Run[], jobs: ReadonlyMap<string, Job>): CompareRow[] {
  return ways
    .map(([id, label, value]) =>
      rowOf({
        id,
        group: "How it ran",
        label,
        goal: id === "duration" ? "min" : undefined,
        values: new Map(runs.map((run) => [run.id, value(run, jobs.get(run.id))])),
      }),
    )
    .filter((row) => [...row.values.values()].some((value) => value !== null));
}

interface RowParts extends Omit<CompareRow, "differs" | "best"> {
  readonly silent?: ReadonlySet<string>;
}

function rowOf({ silent, ...row }: RowParts): CompareRow {
  const counted = [...row.values].filter(([id, value]) => value !== null || !silent?.has(id));
  const values = counted.map(([, value]) => value);
  const differs = values.some((value) => !Object.is(value, values[0]));
  return { ...row, differs, best: differs ? bestOf(values, row.goal) : undefined };
}

function bestOf(values: readonly CompareValue[], goal: Goal | undefined): number | undefined {
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value));
  if (goal === undefined || numbers.length === 0) return undefined;
  return goal === "max" ? Math.max(...(numbers as number[])) : Math.min(...(numbers as number[]));
}

/** How far a value is from the baseline's; undefined where the two are no numbers, or the same. */
export function deltaOf(value: CompareValue, baseline: CompareValue): number | undefined {
  const [a, b] = [numberOf(value), numberOf(baseline)];
  if (a === undefined || b === undefined) return undefined;
  const delta = a - b;
  return Number.isFinite(delta) && delta !== 0 ? delta : undefined;
}

/** Whether a distance from the baseline is for the better; undefined where nobody can tell. */
export function isBetter(delta: number, goal: Goal | undefined): boolean | undefined {
  return goal === undefined ? undefined : goal === "max" ? delta > 0 : delta < 0;
}
