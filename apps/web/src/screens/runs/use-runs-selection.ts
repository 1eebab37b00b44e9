"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo, useState } from "react";
import type { RunsTableState } from "./use-runs-table.ts";

/** More do not fit into an address. */
const mostInAddress = 40;

/** The selected runs; few enough go into the address. */
export function useRunsSelection({ address, setAddress, rows }: RunsTableState) {
  const [selection, setSelection] = useState<ReadonlySet<string>>(() => new Set(address.sel));
  const select = (next: ReadonlySet<string>) => {
    setSelection(next);
    void setAddress({ sel: next.size <= mostInAddress ? [...next] : [] });
  };
  const selected = useMemo(
    (): readonly Run[] => rows.filter((run) => selection.has(run.id)),
    [rows, selection],
  );
  return { selection, select, selected };
}
