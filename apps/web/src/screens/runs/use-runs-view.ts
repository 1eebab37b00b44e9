"use client";

import type { RunKeys } from "@tessera/contracts/run";
import { useCallback, useMemo } from "react";
import type { TableView } from "../../parts/data-table/table-model.ts";
import { isNumber, isRecordOf, isStringArray, useStoredState } from "../../parts/stored-state.ts";
import {
  columnsToStore,
  defaultColumns,
  readColumns,
  readSort,
  withNewColumns,
  writeColumns,
  writeSort,
} from "./table-state.ts";
import type { StoredColumns } from "./table-state.ts";
import type { RunsAddress, SetRunsAddress } from "./use-runs-address.ts";

const isWidths = isRecordOf(isNumber);

function isStored(value: unknown): value is StoredColumns | undefined {
  if (typeof value !== "object" || value === null) return false;
  const { columns, pinned, widths, hidden } = value as Record<string, unknown>;
  return (
    isStringArray(columns) && isStringArray(pinned) && isWidths(widths) && isStringArray(hidden)
  );
}

/** Longer lists of columns stay in the browser: addresses have their limits. */
const longestAddress = 1500;

interface ViewOptions {
  readonly project: string;
  readonly keys: RunKeys | undefined;
  readonly address: RunsAddress;
  readonly setAddress: SetRunsAddress;
}

export interface RunsView {
  readonly view: TableView;
  readonly setView: (next: TableView) => void;
  /** Back to the columns that everybody begins with; undefined while those are shown. */
  readonly reset: (() => void) | undefined;
}

/** The table's view: the sort from the address, columns from there or as the person left them. */
export function useRunsView({ project, keys, address, setAddress }: ViewOptions): RunsView {
  const [stored, setStored] = useStoredState<StoredColumns | undefined>(
    `table:runs:${project}`,
    undefined,
    isStored,
  );
  const defaults = useMemo(() => defaultColumns(keys), [keys]);
  const { cols, sort } = address;
  const placed = useMemo(() => placeColumns(cols, stored, defaults), [cols, stored, defaults]);
  const view = useMemo(
    () => ({ ...placed, widths: stored?.widths ?? {}, sort: readSort(sort) }),
    [placed, stored, sort],
  );
  const setView = useCallback(
    (next: TableView) => {
      if (next.sort !== view.sort) void setAddress({ sort: writeSort(next.sort) });
      const moved = next.columns !== view.columns || next.pinned !== view.pinned;
      if (moved) {
        const words = writeColumns(next.columns, next.pinned);
        const short = words.join(",").length <= longestAddress;
        void setAddress({ cols: short ? words : null });
      }
      if (!moved && next.widths === view.widths) return;
      const { columns, pinned } = moved ? next : (stored ?? { columns: defaults, pinned: first });
      const kept = { columns, pinned, widths: next.widths };
      setStored(columnsToStore(kept, moved ? view.columns : columns, stored?.hidden ?? []));
    },
    [view, stored, defaults, setStored, setAddress],
  );
  const reset = useCallback(() => {
    setStored(undefined);
    void setAddress({ cols: null });
  }, [setStored, setAddress]);
  return { view, setView, reset: stored === undefined && cols === null ? undefined : reset };
}

const first = ["name"];

function placeColumns(
  words: readonly string[] | null,
  stored: StoredColumns | undefined,
  defaults: readonly string[],
): Pick<TableView, "columns" | "pinned"> {
  const own = stored && { columns: withNewColumns(stored, defaults), pinned: stored.pinned };
  if (words === null) return own ?? { columns: defaults, pinned: first };
  // The person's own view is in the address too: what was logged since belongs to it.
  if (stored && words.join() === writeColumns(stored.columns, stored.pinned).join() && own)
    return own;
  const { columns, pinned } = readColumns(words);
  return { columns: columns.includes("name") ? columns : ["name", ...columns], pinned };
}
