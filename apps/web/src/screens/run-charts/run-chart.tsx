"use client";

import type { Run } from "@tessera/contracts/run";
import { errorWords } from "../../data/error-words.ts";
import { SeriesChart } from "../../parts/charts/series-chart.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import type { ChartSettings } from "./use-chart-settings.ts";
import { useRunLines } from "./use-run-lines.ts";

export interface RunChartProps {
  project: string;
  /** In a stable array. */
  runs: readonly Run[];
  metric: string;
  settings: ChartSettings;
  hidden: ReadonlySet<string>;
  onHiddenChange(hidden: ReadonlySet<string>): void;
  highlighted: string | undefined;
  onHighlight(runId: string | undefined): void;
  /** Charts of one page share their crosshair. */
  syncKey: string;
  legend: boolean;
  height: number;
}

/** One metric of many runs. */
export function RunChart(props: RunChartProps) {
  const { project, runs, metric, settings, height, ...chart } = props;
  const { axis, range, smoothing, log } = settings;
  const buckets = runs.length > 20 ? 200 : 400;
  const { query, lines, pending } = useRunLines({ project, runs, metric, axis, range, buckets });
  if (query.isError && query.data === undefined) {
    return (
      <ErrorPanel
        {...errorWords(query.error, `Could not load ${metric}`)}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
        className="h-full overflow-auto"
      />
    );
  }
  return (
    <SeriesChart
      {...chart}
      title={metric}
      lines={lines}
      axis={axis}
      smoothing={smoothing}
      logScale={log.has(metric)}
      onLogScaleChange={(on) => settings.setLog(metric, on)}
      range={range}
      onRangeChange={settings.setRange}
      height={height}
      loading={pending}
    />
  );
}
