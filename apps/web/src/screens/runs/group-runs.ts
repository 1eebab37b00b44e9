import type { Run } from "@tessera/contracts/run";
import { guessGoal } from "../../parts/charts/best-value.ts";
import { compareValues } from "../../parts/data-table/sort-rows.ts";
import type { SortKey } from "../../parts/data-table/table-model.ts";
import { fieldLabel, fieldValue, readField } from "../run-fields/run-field.ts";
import type { RunField } from "../run-fields/run-field.ts";

export type SummaryKind = "mean" | "best";

export interface RunGroup {
  readonly id: string;
  /** What the runs share; null for those that have nothing there. */
  readonly value: string | null;
  /** In the order of the table. */
  readonly runs: readonly Run[];
}

/** What a group shows in a column: a number, the word that all share, or how many words there are. */
export type GroupSummary =
  | { readonly kind: "number"; readonly value: number; readonly spread: number | null }
  | { readonly kind: "same"; readonly value: string }
  | { readonly kind: "different"; readonly count: number };

interface GroupOptions {
  readonly field: RunField;
  readonly sort: readonly SortKey[];
  readonly summary: SummaryKind;
}

/**
 * Runs by what they have in a field. Groups follow the table's sort where that is by a number, by
 * their summaries, and their own values otherwise; runs without a value come last.
 */
export function groupRuns(runs: readonly Run[], options: GroupOptions): RunGroup[] {
  const groups = new Map<string | null, Run[]>();
  for (const run of runs) {
    const value = fieldValue(options.field, run);
    const key = value === null ? null : String(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  const found = [...groups].map(([value, members]): RunGroup => {
    return { id: value === null ? "none" : `is:${value}`, value, runs: members };
  });
  return orderGroups(found, options);
}

function orderGroups(groups: readonly RunGroup[], { field, sort, summary }: GroupOptions) {
  const own = sort.find((key) => key.id === field.id);
  const first = sort[0] && readField(sort[0].id);
  const byNumber = own === undefined && first !== undefined && isNumeric(first);
  const sign = (own ?? (byNumber ? sort[0] : undefined))?.descending === true ? -1 : 1;
  const rank = (group: RunGroup): unknown => {
    if (!byNumber) return group.value;
    const found = summarise(group.runs, first, summary);
    return found?.kind === "number" ? found.value : null;
  };
  return groups.toSorted(
    (a, b) =>
      Number(a.value === null) - Number(b.value === null) || compareValues(rank(a), rank(b), sign),
  );
}

function isNumeric(field: RunField): boolean {
  return ["metric", "min", "max"].includes(field.kind) || field.id === "duration";
}

/** What many runs have in a field, in short; undefined where none has anything. */
export function summarise(
  runs: readonly Run[],
  field: RunField,
  kind: SummaryKind,
): GroupSummary | undefined {
  const values = runs.map((run) => fieldValue(field, run)).filter((value) => value !== null);
  if (isNumeric(field)) {
    return ofNumbers(
      values.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[],
      kind === "mean" ? "mean" : goalOf(field),
    );
  }
  const different = new Set(values);
  const [only] = different;
  if (only === undefined) return undefined;
  if (different.size === 1) return { kind: "same", value: String(only) };
  return { kind: "different", count: different.size };
}

function goalOf(field: RunField): "min" | "max" {
  if (field.kind === "min" || field.kind === "max") return field.kind;
  return field.id === "duration" ? "min" : guessGoal(fieldLabel(field));
}

function ofNumbers(
  values: readonly number[],
  kind: "mean" | "min" | "max",
): GroupSummary | undefined {
  if (values.length === 0) return undefined;
  if (kind !== "mean") {
    const better = (a: number, b: number) => (kind === "min" ? Math.min(a, b) : Math.max(a, b));
    return { kind: "number", value: values.reduce(better), spread: null };
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null;
  return { kind: "number", value: mean, spread };
}
