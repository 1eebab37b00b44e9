"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo } from "react";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { countOf } from "../../parts/format/number.ts";
import { ChartControls } from "../run-charts/chart-controls.tsx";
import { chartMetrics, defaultCharts } from "../run-charts/chart-metrics.ts";
import { ChartPicker } from "../run-charts/chart-picker.tsx";
import { NearView } from "../../parts/near-view.tsx";
import { RunChart } from "../run-charts/run-chart.tsx";
import { useChartSettings } from "../run-charts/use-chart-settings.ts";
import { ChartsSkeleton } from "./runs-skeleton.tsx";
import type { ChartReason } from "./use-charted-runs.ts";

export interface ChartsPanelProps {
  project: string;
  /** The runs with lines, in a stable array. */
  runs: readonly Run[];
  /** Why these. */
  reason: ChartReason;
  /** The runs are on their way. */
  loading: boolean;
  metrics: readonly string[] | null;
  onMetricsChange(metrics: readonly string[]): void;
  hidden: ReadonlySet<string>;
  onHiddenChange(hidden: ReadonlySet<string>): void;
  highlighted: string | undefined;
  onHighlight(runId: string | undefined): void;
}

const reasons: Record<ChartReason, string> = {
  selected: "Selected: ",
  first: "First in the table: ",
  groups: "First of each group: ",
};
const mostAtFirst = 12;
const chartHeight = 168;

/** The chosen metrics of the runs beside it, one chart each. */
export function ChartsPanel(props: ChartsPanelProps) {
  const { runs, reason, metrics, onMetricsChange, hidden, onHiddenChange } = props;
  const settings = useChartSettings();
  const known = useMemo(() => chartMetrics(runs), [runs]);
  const chosen = useMemo(() => metrics ?? defaultCharts(known, mostAtFirst), [metrics, known]);
  const away = runs.filter((run) => hidden.has(run.id)).length;
  return (
    <section aria-label="Charts" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 pt-1.5">
        <ChartControls settings={settings} />
      </div>
      <div className="flex shrink-0 items-center gap-2 px-3 py-1.5 text-sm text-ink-2">
        <span className="tabular truncate">
          {reasons[reason]}
          {countOf(runs.length, "run")}
          {away > 0 ? `, ${away} hidden` : ""}
        </span>
        {away > 0 ? (
          <Button size="sm" variant="ghost" onClick={() => onHiddenChange(new Set())}>
            Show all
          </Button>
        ) : null}
        <span className="ml-auto">
          <ChartPicker metrics={known} chosen={chosen} onChosenChange={onMetricsChange} />
        </span>
      </div>
      {props.loading ? <ChartsSkeleton /> : null}
      <div data-scroller className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        {chosen.length === 0 && !props.loading ? <NoCharts /> : null}
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,280px),1fr))] gap-3">
          {chosen.map((metric) => (
            <NearView key={metric} height={chartHeight + 50}>
              <RunChart
                project={props.project}
                runs={runs}
                metric={metric}
                settings={settings}
                hidden={hidden}
                onHiddenChange={onHiddenChange}
                highlighted={props.highlighted}
                onHighlight={props.onHighlight}
                syncKey="runs"
                legend={false}
                height={chartHeight}
              />
            </NearView>
          ))}
        </div>
      </div>
    </section>
  );
}

function NoCharts() {
  return (
    <EmptyState
      title="No curves here"
      command={'mlflow.log_metric("loss", loss, step=step)'}
      className="py-10"
    >
      These runs have no metric with more than one value. Single values can be chosen above; curves
      come from metrics that are logged with a step:
    </EmptyState>
  );
}
