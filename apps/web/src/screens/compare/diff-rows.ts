import type { Run } from "@tessera/contracts/run";

/** A param, a finite metric, or the word for one that is not; a run without it has none. */
export type DiffValue = string | number | undefined;

/** One param or metric over the compared runs; a run without it has `undefined`. */
export interface DiffRow {
  readonly kind: "param" | "metric";
  readonly key: string;
  readonly values: readonly DiffValue[];
  /** Whether the runs are not all alike in it. */
  readonly differs: boolean;
}

type Kind = DiffRow["kind"];

function valueOf(run: Run, kind: Kind, key: string): DiffValue {
  if (kind === "param") return run.params[key];
  return run.metrics.find((metric) => metric.key === key)?.value;
}

function rowsOf(runs: readonly Run[], kind: Kind): DiffRow[] {
  const keys = new Set(
    runs.flatMap((run) =>
      kind === "param" ? Object.keys(run.params) : run.metrics.map((metric) => metric.key),
    ),
  );
  return [...keys].sort().map((key) => {
    const values = runs.map((run) => valueOf(run, kind, key));
    return { kind, key, values, differs: new Set(values).size > 1 };
  });
}

/** Params and metrics of runs side by side, those that differ first. */
export function diffRows(runs: readonly Run[]): DiffRow[] {
  const rows = [...rowsOf(runs, "param"), ...rowsOf(runs, "metric")];
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

/** How far a value is from the baseline's; null where that says nothing. */
export function deltaOf(value: DiffValue, baseline: DiffValue): number | null {
  if (typeof value !== "number" || typeof baseline !== "number") return null;
  return value - baseline;
}
