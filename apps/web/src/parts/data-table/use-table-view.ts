"use client";

import { useCallback } from "react";
import { isNumber, isRecordOf, isStringArray, useStoredState } from "../stored-state.ts";
import type { SortKey, TableView } from "./table-model.ts";

const isWidths = isRecordOf(isNumber);

function isSortKey(value: unknown): value is SortKey {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "descending" in value &&
    typeof value.descending === "boolean"
  );
}

/** Whether a stored or shared value is a view of a table. */
export function isTableView(value: unknown): value is TableView {
  if (typeof value !== "object" || value === null) return false;
  const { columns, pinned, widths, sort } = value as Record<string, unknown>;
  return (
    isStringArray(columns) &&
    isStringArray(pinned) &&
    isWidths(widths) &&
    Array.isArray(sort) &&
    sort.every(isSortKey)
  );
}

export interface StoredTableView {
  view: TableView;
  setView(view: TableView): void;
  /** Back to what the page began with; undefined where nothing was changed. */
  reset: (() => void) | undefined;
}

/** A view that is remembered per person. Pages keep the sort in their address, and merge it in. */
export function useTableView(key: string, initial: TableView): StoredTableView {
  const [stored, setStored] = useStoredState<TableView | undefined>(
    `table:${key}`,
    undefined,
    (value): value is TableView | undefined => isTableView(value),
  );
  const reset = useCallback(() => setStored(undefined), [setStored]);
  return { view: stored ?? initial, setView: setStored, reset: stored ? reset : undefined };
}
