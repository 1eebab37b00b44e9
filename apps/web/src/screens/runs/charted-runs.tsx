"use client";

import { createContext, useContext } from "react";

/** What the charts beside the table show, for the rows' eyes. */
export interface ChartedRuns {
  /** Whether the charts are open at all. */
  readonly open: boolean;
  /** The runs that have lines now. */
  readonly shown: ReadonlySet<string>;
  /** The runs that someone hid. */
  readonly hidden: ReadonlySet<string>;
  readonly toggle: (runId: string) => void;
  readonly highlighted: string | undefined;
}

const nothing: ReadonlySet<string> = new Set();

export const ChartedRunsContext = createContext<ChartedRuns>({
  open: false,
  shown: nothing,
  hidden: nothing,
  toggle: () => undefined,
  highlighted: undefined,
});

export function useChartedRuns(): ChartedRuns {
  return useContext(ChartedRunsContext);
}
