"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo, useState } from "react";
import { isBoolean, useStoredState } from "../../parts/stored-state.ts";
import type { ChartedRuns } from "./charted-runs.tsx";
import type { RunsTableState } from "./use-runs-table.ts";

/** So many are drawn of the table's first; of a selection more. */
const mostFirst = 20;
const mostSelected = 100;

export type ChartReason = "selected" | "groups" | "first";

/** Which runs the charts show: the selected ones, or the first of the table. */
export function useChartedRuns(table: RunsTableState, selected: readonly Run[]) {
  const { address, setAddress } = table;
  const [kept, setKept] = useStoredState("runs-charts-open", true, isBoolean);
  const open = address.charts ?? kept;
  const reason: ChartReason = selected.length > 0 ? "selected" : table.groups ? "groups" : "first";
  const runs = useSameRuns(
    reason === "selected" ? selected.slice(0, mostSelected) : firstRuns(table.rows, table.groups),
  );
  const hidden = useMemo(() => new Set(address.hide), [address.hide]);
  const [highlighted, setHighlighted] = useState<string>();
  const setHidden = (next: ReadonlySet<string>) => void setAddress({ hide: [...next] });
  const shown = useMemo(() => new Set(runs.map((run) => run.id)), [runs]);
  const charted: ChartedRuns = {
    open,
    shown,
    hidden,
    highlighted,
    toggle(id) {
      const next = new Set(hidden);
      if (!next.delete(id)) next.add(id);
      setHidden(next);
    },
  };
  return {
    charted,
    runs,
    reason,
    setHidden,
    setHighlighted,
    setOpen(next: boolean) {
      setKept(next);
      void setAddress({ charts: next });
    },
  };
}

/** The first of the table; of a grouped one, the first of each group. */
export function firstRuns(
  rows: readonly Run[],
  groups: readonly { readonly rows: readonly Run[] }[] | undefined,
): readonly Run[] {
  if (groups === undefined) return rows.slice(0, mostFirst);
  const each = Math.max(1, Math.floor(mostFirst / Math.max(1, groups.length)));
  return groups.flatMap((group) => group.rows.slice(0, each)).slice(0, mostFirst);
}

/** The same array while the same runs are in it, so that charts do not start anew. */
function useSameRuns(runs: readonly Run[]): readonly Run[] {
  const [kept, setKept] = useState(runs);
  const same = kept.length === runs.length && kept.every((run, at) => run === runs[at]);
  if (same) return kept;
  setKept(runs);
  return runs;
}
