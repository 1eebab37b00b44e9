"use client";

import type { checkRunFilter, completeRunFilter, RunFilterWord } from "@tessera/client/run-filter";
import type { Run, RunKeys } from "@tessera/contracts/run";
import { useEffect, useMemo, useRef, useState } from "react";
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

interface Grammar {
  readonly checkRunFilter: typeof checkRunFilter;
  readonly completeRunFilter: typeof completeRunFilter;
}

/** The grammar comes after the page: nothing is written into the filter before it is there. */
function useGrammar(): Grammar | undefined {
  const [grammar, setGrammar] = useState<Grammar>();
  useEffect(() => {
    let wanted = true;
    void import("@tessera/client/run-filter").then((loaded) => {
      if (wanted) setGrammar(loaded);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return grammar;
}

/** MLflow's filter grammar for the editor, with the project's own keys and the values at hand. */
export function useFilterLanguage(keys: RunKeys | undefined, runs: readonly Run[]): FilterLanguage {
  const grammar = useGrammar();
  const loaded = useRef(runs);
  useEffect(() => {
    loaded.current = runs;
  });
  return useMemo(
    () => ({
      lint: (text) => grammar?.checkRunFilter(text) ?? [],
      complete(text, position) {
        if (grammar === undefined) return null;
        const known = { ...keys, values: valuesOf(loaded.current) };
        const { from, to, options } = grammar.completeRunFilter(text, position, known);
        return {
          from,
          to,
          options: options.map((option) => ({ ...option, kind: words[option.kind] })),
        };
      },
    }),
    [grammar, keys],
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
