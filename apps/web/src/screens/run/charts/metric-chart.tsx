"use client";

import type { ChartSeries, LatestMetric, Run } from "@tessera/contracts/run";
import { Maximize2, Pin, PinOff } from "lucide-react";
import { useMemo } from "react";
import { errorWords } from "../../../data/error-words.ts";
import { IconButton } from "../../../parts/button.tsx";
import type { ChartLine } from "../../../parts/charts/chart-line.ts";
import { SeriesChart } from "../../../parts/charts/series-chart.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { NumberValue } from "../../../parts/figures.tsx";
import { useRunColors } from "../../../parts/run-colors/use-run-colors.ts";
import { metricNumber } from "../metric-value.ts";
import type { ChartViewState } from "./chart-view.ts";
import { useSeries } from "./use-series.ts";

export const chartHeight = 180;
/** Of the chart with its heading and its edges. */
export const cardHeight = chartHeight + 50;

export interface MetricChartProps {
  project: string;
  run: Run;
  metric: LatestMetric;
  view: ChartViewState;
  pinned: boolean;
  onPin(key: string): void;
}

/** A metric's curve, with its last value. */
export function MetricChart(props: MetricChartProps) {
  const { metric, view, pinned, onPin } = props;
  const { key } = metric;
  return (
    <SeriesPlot
      {...props}
      height={chartHeight}
      aside={<NumberValue value={metricNumber(metric.value)} />}
      tools={
        <>
          <IconButton
            label={pinned ? "Unpin" : "Pin to the top"}
            className="size-6"
            aria-pressed={pinned}
            onClick={() => onPin(key)}
          >
            {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          </IconButton>
          <IconButton
            label="Enlarge"
            className="size-6"
            onClick={() => view.change({ large: key })}
          >
            <Maximize2 aria-hidden />
          </IconButton>
        </>
      }
    />
  );
}

export interface SeriesPlotProps extends Pick<
  MetricChartProps,
  "project" | "run" | "metric" | "view"
> {
  height: number;
  aside?: React.ReactNode;
  tools?: React.ReactNode;
  className?: string | undefined;
}

export function SeriesPlot({ project, run, metric, view, ...chart }: SeriesPlotProps) {
  const { axis, range } = view;
  const series = useSeries({ project, runId: run.id, key: metric.key, axis, range });
  const lines = useRunLine(run, series.data);
  if (series.isError && series.data === undefined) {
    return (
      <ErrorPanel
        {...errorWords(series.error, `Could not load ${metric.key}`)}
        onRetry={() => void series.refetch()}
        retrying={series.isFetching}
        className="h-full overflow-auto"
      />
    );
  }
  return (
    <SeriesChart
      title={metric.key}
      lines={lines}
      axis={axis}
      smoothing={view.smoothing}
      logScale={view.log}
      onLogScaleChange={(log) => view.change({ log })}
      range={range}
      onRangeChange={(next) => view.change({ range: next })}
      syncKey={`run:${axis}`}
      legend={false}
      loading={series.isPending}
      {...chart}
    />
  );
}

/** The one line of a run's chart. */
function useRunLine(run: Run, series: ChartSeries | null | undefined): readonly ChartLine[] {
  const { canvasColorOf } = useRunColors();
  const { id, name, state } = run;
  return useMemo(() => {
    if (!series) return [];
    const failed = state === "failed" || state === "lost";
    return [{ ...series, id, name, color: canvasColorOf(id), failed }];
  }, [id, name, state, series, canvasColorOf]);
}
