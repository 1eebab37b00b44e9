"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo } from "react";
import { ChartControls } from "../run-charts/chart-controls.tsx";
import { chartMetrics } from "../run-charts/chart-metrics.ts";
import type { ChartMetric } from "../run-charts/chart-metrics.ts";
import { ChartPicker } from "../run-charts/chart-picker.tsx";
import { NearView } from "../../parts/near-view.tsx";
import { RunChart } from "../run-charts/run-chart.tsx";
import { useChartSettings } from "../run-charts/use-chart-settings.ts";
import { curvesOfRuns } from "./curves-of-runs.ts";
import { Section } from "./section.tsx";

export interface CompareChartsProps {
  project: string;
  runs: readonly Run[];
  metrics: readonly string[] | null;
  onMetricsChange(metrics: readonly string[]): void;
  hidden: ReadonlySet<string>;
  onHiddenChange(hidden: ReadonlySet<string>): void;
  highlighted: string | undefined;
  onHighlight(runId: string | undefined): void;
}

const chartHeight = 200;
/** With more lines than this a legend takes more room than the curves. */
const mostInLegend = 12;

/** The runs' curves, overlaid, under one crosshair. */
export function CompareCharts(props: CompareChartsProps) {
  const { runs, metrics, onMetricsChange } = props;
  const known = useMemo(() => chartMetrics(runs), [runs]);
  const chosen = useMemo(() => metrics ?? curvesOfRuns(known, runs.length), [metrics, known, runs]);
  const settings = useChartSettings();
  const legend = runs.length <= mostInLegend;
  return (
    <Section
      title="Curves"
      tools={
        <>
          <ChartControls settings={settings} />
          <ChartPicker metrics={known} chosen={chosen} onChosenChange={onMetricsChange} />
        </>
      }
    >
      {chosen.length === 0 ? <NoCurves known={known} /> : null}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-3">
        {chosen.map((metric) => (
          <NearView key={metric} height={chartHeight + (legend ? 90 : 50)}>
            <RunChart
              project={props.project}
              runs={runs}
              metric={metric}
              settings={settings}
              hidden={props.hidden}
              onHiddenChange={props.onHiddenChange}
              highlighted={props.highlighted}
              onHighlight={props.onHighlight}
              syncKey="compare"
              legend={legend}
              height={chartHeight}
            />
          </NearView>
        ))}
      </div>
    </Section>
  );
}

function NoCurves({ known }: { known: readonly ChartMetric[] }) {
  return (
    <p className="rounded-lg border border-line px-4 py-6 text-center text-sm text-ink-2">
      {known.length === 0
        ? "These runs logged no metrics."
        : "No metric of these runs has more than one value; single values can be chosen above."}
    </p>
  );
}
