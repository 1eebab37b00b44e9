"use client";

import type { LatestMetric, Run } from "@tessera/contracts/run";
import { Dialog } from "../../../parts/dialog.tsx";
import { NumberValue } from "../../../parts/figures.tsx";
import { formatCount } from "../../../parts/format/number.ts";
import { metricNumber } from "../metric-value.ts";
import type { ChartViewState } from "./chart-view.ts";
import { SeriesPlot } from "./metric-chart.tsx";

export interface LargeChartProps {
  project: string;
  run: Run;
  view: ChartViewState;
}

/** The metric that the address names, large, with its figures. */
export function LargeChart({ project, run, view }: LargeChartProps) {
  const metric = run.metrics.find(({ key }) => key === view.large);
  if (!metric) return null;
  return (
    <Dialog
      open
      size="xl"
      title={metric.key}
      onOpenChange={() => view.change({ large: undefined })}
    >
      <div className="flex flex-col gap-3">
        <Figures metric={metric} />
        <SeriesPlot
          project={project}
          run={run}
          metric={metric}
          view={view}
          height={380}
          className="border-none p-0"
        />
      </div>
    </Dialog>
  );
}

function Figures({ metric }: { metric: LatestMetric }) {
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
      <Figure label="last" value={metricNumber(metric.value)} />
      {metric.min === null ? null : <Figure label="lowest" value={metricNumber(metric.min)} />}
      {metric.max === null ? null : <Figure label="highest" value={metricNumber(metric.max)} />}
      <span>
        values <span className="tabular text-ink">{formatCount(metric.count)}</span>
      </span>
      <span>
        last step <span className="tabular text-ink">{formatCount(metric.step)}</span>
      </span>
    </p>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <span>
      {label} <NumberValue value={value} className="text-ink" />
    </span>
  );
}
