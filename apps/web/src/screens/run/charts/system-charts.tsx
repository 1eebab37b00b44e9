"use client";

import { getSystemSamples, type Run, type SystemSample } from "@tessera/contracts/run";
import { useMemo, useState } from "react";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import type { ChartLine, XRange } from "../../../parts/charts/chart-line.ts";
import { SeriesChart } from "../../../parts/charts/series-chart.tsx";
import { useRunColors } from "../../../parts/run-colors/use-run-colors.ts";
import { isActive } from "../use-run-data.ts";
import type { ChartViewState } from "./chart-view.ts";
import { chartHeight } from "./metric-chart.tsx";

const liveMs = 5000;
const mebibyte = 1024 * 1024;

export interface SystemChartsProps {
  project: string;
  run: Run;
  view: ChartViewState;
}

/** What the run's processes use. Samples know no steps: then they are drawn over time. */
export function SystemCharts({ project, run, view }: SystemChartsProps) {
  const samples = useEndpoint(
    getSystemSamples,
    { params: { project, id: run.id } },
    { refetchMs: isActive(run.state) ? liveMs : 0 },
  );
  const [own, setOwn] = useState<XRange>();
  const axis = view.axis === "time" ? "time" : "relative";
  const shared = view.axis !== "step";
  const items = samples.data?.items;
  const start = run.startedAt === null ? undefined : Date.parse(run.startedAt);
  const lines = useSampleLines(run, items, axis === "time" ? 0 : start);
  if (samples.isSuccess && items?.length === 0) return null;
  const chart = {
    axis,
    height: chartHeight,
    legend: false,
    loading: samples.isPending,
    range: shared ? view.range : own,
    onRangeChange: shared ? (range: XRange | undefined) => view.change({ range }) : setOwn,
    syncKey: `run:${axis}`,
  } as const;
  return (
    <>
      <SeriesChart {...chart} title="CPU, % of one core" lines={lines.cpu} />
      <SeriesChart {...chart} title="Memory, MiB" lines={lines.memory} />
    </>
  );
}

interface SampleLines {
  readonly cpu: readonly ChartLine[];
  readonly memory: readonly ChartLine[];
}

function useSampleLines(
  run: Run,
  items: readonly SystemSample[] | undefined,
  origin: number | undefined,
): SampleLines {
  const { canvasColorOf } = useRunColors();
  const { id, name } = run;
  return useMemo(() => {
    if (!items || items.length === 0) return { cpu: [], memory: [] };
    const from = origin ?? Date.parse(items[0]?.at ?? "");
    const x = items.map(({ at }) => Date.parse(at) - from);
    const line = (values: number[]): ChartLine[] => [
      {
        id,
        name,
        color: canvasColorOf(id),
        x,
        mean: values,
        min: values,
        max: values,
        notFinite: [],
        points: x.length,
      },
    ];
    return {
      cpu: line(items.map(({ cpuPercent }) => cpuPercent)),
      memory: line(items.map(({ memoryBytes }) => memoryBytes / mebibyte)),
    };
  }, [id, name, items, origin, canvasColorOf]);
}
