"use client";

import { checkRunFilter, completeRunFilter } from "@tessera/client/run-filter";
import type { RunFilterWord } from "@tessera/client/run-filter";
import type { Run, RunKeys } from "@tessera/contracts/run";
import { useEffect, useMemo, useRef } from "react";
import type { FilterLanguage, FilterWordKind } from "../../parts/filter-editor/filter-language.ts";

const words: Record<RunFilterWord, FilterWordKind> = {
  metric: "metric",
  param: "param",
  tag: "tag",
  attribute: "attribute",
  entity: "keyword",
  key: "attribute",
  operator: "operator",
  value: "value",
  conjunction: "keyword",
};

/** MLflow's filter grammar for the editor, with the project's own keys and the values at hand. */
export function useFilterLanguage(keys: RunKeys | undefined, runs: readonly Run[]): FilterLanguage {
  const loaded = useRef(runs);
  useEffect(() => {
    loaded.current = runs;
  });
  return useMemo(
    () => ({
      lint: checkRunFilter,
      complete(text, position) {
        const known = { ...keys, values: valuesOf(loaded.current) };
        const { from, to, options } = completeRunFilter(text, position, known);
        return {
          from,
          to,
          options: options.map((option) => ({ ...option, kind: words[option.kind] })),
        };
      },
    }),
    [keys],
  );
}

/** The values that params, tags and names have in the first runs, to be offered. */
function valuesOf(runs: readonly Run[]): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, value: string) => {
    const values = found.get(name) ?? new Set();
    found.set(name, values);
    if (values.size < 50 && value.length <= 80) values.add(value);
  };
  for (const run of runs.slice(0, 500)) {
    for (const [key, value] of Object.entries(run.params)) add(`params.${key}`, value);
    for (const [key, value] of Object.entries(run.tags)) add(`tags.${key}`, value);
    add("run_name", run.name);
    add("user_id", run.user);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]));
}
