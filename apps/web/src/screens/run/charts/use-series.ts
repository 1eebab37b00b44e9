"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { chartRuns, type LatestMetric, type Run } from "@tessera/contracts/run";
import { useEffect, useRef } from "react";
import { seriesLoader, type SeriesQuery } from "./series-loader.ts";

/** A series; while another part of the same axis is read, what was there stays. */
export function useSeries(query: SeriesQuery) {
  return useQuery({
    queryKey: [chartRuns.id, query],
    queryFn: () => seriesLoader.load(query),
    retry: 1,
    placeholderData: (answer, last) =>
      (last?.queryKey[1] as SeriesQuery | undefined)?.axis === query.axis
        ? keepPreviousData(answer)
        : undefined,
  });
}

/** Series are read anew this often at most while the run goes on. */
const liveMs = 2000;

/** Marks the series that got new values as old, so that the charts in sight follow. */
export function useFreshSeries(project: string, run: Run) {
  const queries = useQueryClient();
  const known = useRef<ReadonlyMap<string, number> | undefined>(undefined);
  const last = useRef(0);
  const { metrics, id } = run;
  useEffect(() => {
    known.current ??= countsOf(metrics);
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        const before = known.current;
        known.current = countsOf(metrics);
        for (const { key, count } of metrics) {
          if (before?.get(key) === count) continue;
          void queries.invalidateQueries({ queryKey: [chartRuns.id, { project, runId: id, key }] });
        }
      },
      Math.max(0, last.current + liveMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [queries, project, id, metrics]);
}

function countsOf(metrics: readonly LatestMetric[]): Map<string, number> {
  return new Map(metrics.map(({ key, count }) => [key, count]));
}
