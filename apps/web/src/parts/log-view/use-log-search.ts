"use client";

import { useEffect, useState } from "react";
import type { LogSource } from "./log-source.ts";

export interface LogSearch {
  query: string;
  setQuery(query: string): void;
  /** Found lines, ascending. */
  hits: readonly number[];
  searching: boolean;
  failed: boolean;
  /** There are more than could be listed. */
  more: boolean;
  /** The place among the hits; -1 before the first. */
  at: number;
  step(by: 1 | -1): void;
}

const settleMs = 200;
const maxHits = 5000;

interface Found {
  query: string;
  hits: readonly number[];
  searching: boolean;
  failed: boolean;
  more: boolean;
}

const nothing: Found = { query: "", hits: [], searching: false, failed: false, more: false };

/** Searches the whole log at its source, page by page; the first hit at or below `from` is shown. */
export function useLogSearch(
  source: LogSource,
  from: () => number,
  show: (line: number) => void,
): LogSearch {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(nothing);
  const [at, setAt] = useState(-1);
  useEffect(() => {
    if (query === "") return;
    const abort = new AbortController();
    const timer = setTimeout(
      () => void searchAll(source, query, { signal: abort.signal, publish: setFound }),
      settleMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [source, query]);
  const current =
    query === "" ? nothing : found.query === query ? found : { ...found, searching: true };
  const go = (next: number) => {
    const line = current.hits[next];
    setAt(next);
    if (line !== undefined) show(line);
  };
  return {
    query,
    setQuery(next) {
      setQuery(next);
      setAt(-1);
    },
    hits: current.hits,
    searching: current.searching,
    failed: current.failed,
    more: current.more,
    at,
    step(by) {
      if (current.hits.length === 0) return;
      if (at === -1) return go(firstFrom(current.hits, from(), by));
      go((at + by + current.hits.length) % current.hits.length);
    },
  };
}

/** The nearest hit in the direction of the step, or round the end. */
function firstFrom(hits: readonly number[], line: number, by: 1 | -1): number {
  const below = hits.findIndex((hit) => hit >= line);
  if (by === 1) return below === -1 ? 0 : below;
  return below <= 0 ? hits.length - 1 : below - 1;
}

interface Publishing {
  signal: AbortSignal;
  publish(found: Found): void;
}

async function searchAll(source: LogSource, query: string, { signal, publish }: Publishing) {
  let hits: number[] = [];
  let next: number | undefined = 0;
  try {
    while (next !== undefined && hits.length < maxHits) {
      const page = await source.search(query, next, signal);
      if (signal.aborted) return;
      hits = [...hits, ...page.lines.map((line) => line.number)];
      next = page.next;
      publish({
        query,
        hits,
        searching: next !== undefined,
        failed: false,
        more: next !== undefined,
      });
    }
    publish({ query, hits, searching: false, failed: false, more: next !== undefined });
  } catch {
    if (!signal.aborted) publish({ query, hits, searching: false, failed: true, more: false });
  }
}
