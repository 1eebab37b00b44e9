import type { RunKeys } from "@tessera/contracts/run";
import type { SortKey } from "../../parts/data-table/table-model.ts";
import {
  fieldId,
  isSystemMetric,
  isSystemTag,
  metricsByInterest,
} from "../run-fields/run-field.ts";

/** What a person changed about the columns; kept in the browser. */
export interface StoredColumns {
  readonly columns: readonly string[];
  readonly pinned: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** Columns that were shown, and are not wanted: keys that come later are shown by themselves. */
  readonly hidden: readonly string[];
}

/** More of a kind are not shown unless someone asks: the chooser has them. */
const most = { metrics: 24, params: 24, tags: 6 };

/** The columns that a table begins with: what tells runs apart first, what all share last. */
export function defaultColumns(keys: RunKeys | undefined): string[] {
  const metrics = metricsByInterest(keys?.metrics ?? []).filter((key) => !isSystemMetric(key));
  const tags = (keys?.tags ?? []).filter((key) => !isSystemTag(key));
  return [
    "name",
    ...metrics.slice(0, most.metrics).map((key) => fieldId("m", key)),
    ...(keys?.params ?? []).slice(0, most.params).map((key) => fieldId("p", key)),
    "state",
    "started",
    "duration",
    "user",
    "experiment",
    ...tags.slice(0, most.tags).map((key) => fieldId("t", key)),
  ];
}

/** The stored columns, and those default ones that came up after they were stored. */
export function withNewColumns(stored: StoredColumns, defaults: readonly string[]): string[] {
  const known = new Set([...stored.columns, ...stored.hidden]);
  return [...stored.columns, ...defaults.filter((id) => !known.has(id))];
}

/** What to keep after a change; a column that is gone from the shown ones was put away. */
export function columnsToStore(
  next: Omit<StoredColumns, "hidden">,
  before: readonly string[],
  hidden: readonly string[],
): StoredColumns {
  const shown = new Set(next.columns);
  const away = new Set([...hidden, ...before].filter((id) => !shown.has(id)));
  return { ...next, hidden: [...away] };
}

/** Columns as an address has them: those at the left with a mark. */
export function writeColumns(columns: readonly string[], pinned: readonly string[]): string[] {
  const atLeft = new Set(pinned);
  return columns.map((id) => (atLeft.has(id) ? `^${id}` : id));
}

export function readColumns(words: readonly string[]): { columns: string[]; pinned: string[] } {
  const pinned = words.filter((word) => word.startsWith("^")).map((word) => word.slice(1));
  return { columns: words.map((word) => word.replace(/^\^/u, "")), pinned };
}

/** A sort as an address has it: "-m:loss" for the greatest first. */
export function writeSort(sort: readonly SortKey[]): string[] {
  return sort.map(({ id, descending }) => (descending ? `-${id}` : id));
}

export function readSort(words: readonly string[]): SortKey[] {
  return words
    .filter((word) => word.replace(/^-/u, "") !== "")
    .map((word) => ({ id: word.replace(/^-/u, ""), descending: word.startsWith("-") }));
}
