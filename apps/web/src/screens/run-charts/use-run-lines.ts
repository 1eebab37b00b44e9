"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { chartRuns, type ChartSeries, type Run } from "@tessera/contracts/run";
import { useEffect, useMemo } from "react";
import { client } from "../../data/client.ts";
import type { ChartAxis, ChartLine, XRange } from "../../parts/charts/chart-line.ts";
import { useRunColors } from "../../parts/run-colors/use-run-colors.ts";
import { isActive } from "../run-fields/run-values.ts";

export interface RunLinesOptions {
  readonly project: string;
  readonly runs: readonly Run[];
  readonly metric: string;
  readonly axis: ChartAxis;
  readonly range: XRange | undefined;
  /** At most so many points a line. */
  readonly buckets: number;
}

/** No event tells of new values: curves of runs that go on are read this often. */
const liveMs = 4000;

/** The curves of one metric over many runs, kept fresh while any of them goes on. */
export function useRunLines(options: RunLinesOptions) {
  const { project, runs, metric, axis, range, buckets } = options;
  const withMetric = useMemo(
    () => runs.filter((run) => run.metrics.some(({ key }) => key === metric)),
    [runs, metric],
  );
  const ids = useMemo(() => withMetric.map((run) => run.id), [withMetric]);
  const active = withMetric.filter(isActive).map((run) => run.id);
  const query = useQuery({
    queryKey: [chartRuns.id, { project, ids, metric, axis, range, buckets }],
    queryFn: async ({ signal }) => {
      const bounds = range === undefined ? {} : { from: range[0], to: range[1] };
      const body = { runIds: ids, keys: [metric], axis, buckets, ...bounds };
      return (await client.call(chartRuns, { params: { project }, body, signal })).series;
    },
    enabled: ids.length > 0,
    placeholderData: (answer, last) =>
      (last?.queryKey[1] as { axis: ChartAxis } | undefined)?.axis === axis
        ? keepPreviousData(answer)
        : undefined,
    ...(active.length > 0 ? { refetchInterval: liveMs } : {}),
  });
  // The last values of a run that has just ended came after the last look at it.
  const { refetch } = query;
  const going = active.join();
  useEffect(() => {
    if (going !== "") return () => void refetch();
    return undefined;
  }, [going, refetch]);
  const lines = useLines(withMetric, query.data);
  return { query, lines, pending: ids.length > 0 && query.isPending };
}

/** One line a run, in the order of the runs. */
function useLines(
  runs: readonly Run[],
  series: readonly ChartSeries[] | undefined,
): readonly ChartLine[] {
  const { canvasColorOf } = useRunColors();
  return useMemo(() => {
    const byRun = new Map(series?.map((one) => [one.runId, one]));
    return runs.flatMap((run) => {
      const found = byRun.get(run.id);
      if (found === undefined) return [];
      const { runId: _id, key: _key, ...columns } = found;
      const failed = run.state === "failed" || run.state === "lost";
      return [{ ...columns, id: run.id, name: run.name, color: canvasColorOf(run.id), failed }];
    });
  }, [runs, series, canvasColorOf]);
}
