"use client";

import { useEffect, useState } from "react";
import { bestMatches } from "./palette-match.ts";
import type { PaletteItem, PaletteRegistry, PaletteSource } from "./palette-sources.ts";

export interface PaletteGroup {
  id: string;
  heading: string;
  items: readonly PaletteItem[];
  /** Its source could not answer; the palette says so and goes on. */
  failed: boolean;
}

export interface PaletteResults {
  groups: readonly PaletteGroup[];
  searching: boolean;
}

const perGroup = 8;
const settleMs = 90;

/** Asks every source for what was typed; slow ones join when they answer. */
export function usePaletteResults(registry: PaletteRegistry, query: string): PaletteResults {
  const [results, setResults] = useState<PaletteResults>({ groups: [], searching: true });
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(
      () => void ask(registry.list(), query, { signal: abort.signal, show: setResults }),
      query === "" ? 0 : settleMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [registry, query]);
  return results;
}

interface Asking {
  signal: AbortSignal;
  show(results: PaletteResults): void;
}

async function ask(sources: readonly PaletteSource[], query: string, { signal, show }: Asking) {
  const groups: (PaletteGroup | undefined)[] = sources.map(() => undefined);
  let left = sources.length;
  const publish = () => {
    if (signal.aborted) return;
    const full = groups.filter((group): group is PaletteGroup => group !== undefined);
    show({
      groups: full.filter((group) => group.failed || group.items.length > 0),
      searching: left > 0,
    });
  };
  const waits = sources.map(async (source, at) => {
    groups[at] = await askOne(source, query, signal);
    left -= 1;
    publish();
  });
  await Promise.all(waits);
}

async function askOne(
  source: PaletteSource,
  query: string,
  signal: AbortSignal,
): Promise<PaletteGroup> {
  const { id, heading, matched } = source;
  try {
    const found = await source.find(query, signal);
    const items =
      matched === false ? found.slice(0, perGroup) : bestMatches(found, query, perGroup);
    return { id, heading, items, failed: false };
  } catch {
    return { id, heading, items: [], failed: true };
  }
}
