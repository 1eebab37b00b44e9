"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo, useState } from "react";
import { ChartControls } from "../run-charts/chart-controls.tsx";
import { chartMetrics, defaultCharts } from "../run-charts/chart-metrics.ts";
import { NearView } from "../run-charts/near-view.tsx";
import { RunChart } from "../run-charts/run-chart.tsx";
import { useChartSettings } from "../run-charts/use-chart-settings.ts";

const MOST_CHARTS = 60;
const CHART_HEIGHT = 200;

/** Every curve of the runs, overlaid, under one crosshair. */
export function CompareCharts({ project, runs }: { project: string; runs: readonly Run[] }) {
  const settings = useChartSettings();
  const metrics = useMemo(() => defaultCharts(chartMetrics(runs), MOST_CHARTS), [runs]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [highlighted, setHighlighted] = useState<string>();
  if (metrics.length === 0) return null;
  return (
    <section aria-label="Curves">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">Curves</h2>
        <span className="ml-auto flex flex-wrap items-center gap-3">
          <ChartControls settings={settings} />
        </span>
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,360px),1fr))] gap-3">
        {metrics.map((metric) => (
          <NearView key={metric} height={CHART_HEIGHT + 70}>
            <RunChart
              project={project}
              runs={runs}
              metric={metric}
              settings={settings}
              hidden={hidden}
              onHiddenChange={setHidden}
              highlighted={highlighted}
              onHighlight={setHighlighted}
              syncKey="compare"
              legend
              height={CHART_HEIGHT}
            />
          </NearView>
        ))}
      </div>
    </section>
  );
}
