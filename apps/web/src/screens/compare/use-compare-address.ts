"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from "nuqs";

const words = parseAsArrayOf(parseAsString);

const parsers = {
  runs: words.withDefault([]),
  /** Absent: the first run. */
  baseline: parseAsString,
  /** The run whose code and packages are held against the baseline's. */
  with: parseAsString,
  /** Whether what all runs share is shown too. */
  same: parseAsBoolean.withDefault(false),
  /** The charted metrics; absent: all curves that two runs have. */
  metrics: words,
  /** Runs that charts leave out. */
  hide: words.withDefault([]),
  /** Of the parallel coordinates; absent: what differs. */
  axes: words,
  color: parseAsString,
};

/** Everything about the comparison that a copied address takes along. */
export function useCompareAddress() {
  return useQueryStates(parsers, { history: "replace" });
}

export type CompareAddress = ReturnType<typeof useCompareAddress>[0];
export type SetCompareAddress = ReturnType<typeof useCompareAddress>[1];
