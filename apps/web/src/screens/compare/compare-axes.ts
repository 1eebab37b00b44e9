import type { Run } from "@tessera/contracts/run";
import { guessAxisKind } from "../../parts/parallel/parallel-model.ts";
import type { ParallelAxis, ParallelValue } from "../../parts/parallel/parallel-model.ts";
import type { PickOption } from "../../parts/pick-lines.ts";
import type { CompareRow } from "./compare-rows.ts";

/** Longer words make an axis that nobody can read. */
const longestWord = 40;
const mostParams = 7;
const mostMetrics = 2;

/** What can be an axis: params and metrics, and how long a run took. */
export function axisRows(rows: readonly CompareRow[]): CompareRow[] {
  return rows.filter(
    (row) => row.group === "Metrics" || row.group === "Params" || row.id === "duration",
  );
}

/** The axes that a comparison begins with: the params that differ, then the first metrics that do. */
export function defaultAxes(rows: readonly CompareRow[]): string[] {
  const short = (row: CompareRow) =>
    [...row.values.values()].every((value) => String(value ?? "").length <= longestWord);
  const differing = rows.filter((row) => row.differs);
  const params = differing.filter((row) => row.group === "Params" && short(row));
  const metrics = differing.filter((row) => row.group === "Metrics");
  return [...params.slice(0, mostParams), ...metrics.slice(0, mostMetrics)].map((row) => row.id);
}

/** The axes of some ids, in their order; the kind of each is guessed from its values. */
export function axesOf(ids: readonly string[], rows: readonly CompareRow[]): ParallelAxis[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [{ id, label: row.label, kind: guessAxisKind(row.values.values()) }] : [];
  });
}

/** What a run has on each axis. */
export function axisValues(run: Run, rows: readonly CompareRow[]): Record<string, ParallelValue> {
  return Object.fromEntries(rows.map((row) => [row.id, row.values.get(run.id)]));
}

export function axisOptions(rows: readonly CompareRow[]): PickOption[] {
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    group: row.group === "How it ran" ? "runs" : row.group,
  }));
}
