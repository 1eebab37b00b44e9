"use client";

import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";

const words = parseAsArrayOf(parseAsString);

const parsers = {
  q: parseAsString.withDefault(""),
  sort: words.withDefault([]),
  /** Absent: as the person left them. */
  cols: words,
  group: parseAsString,
  summary: parseAsStringLiteral(["mean", "best"]).withDefault("mean"),
  experiment: words.withDefault([]),
  view: parseAsStringLiteral(["active", "deleted"]).withDefault("active"),
  /** Whether the charts are open; absent: as the person left them. */
  charts: parseAsBoolean,
  /** The charted metrics; absent: those that come first. */
  metrics: words,
  /** Runs that charts leave out. */
  hide: words.withDefault([]),
  sel: words.withDefault([]),
};

/** Everything about the page that a copied address takes along. */
export function useRunsAddress() {
  return useQueryStates(parsers, { history: "replace" });
}

export type RunsAddress = ReturnType<typeof useRunsAddress>[0];
export type SetRunsAddress = ReturnType<typeof useRunsAddress>[1];
