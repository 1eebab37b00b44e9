"use client";

import type { LatestMetric, Run } from "@tessera/contracts/run";
import { ChevronDown, ChevronRight, LineChart, SearchX } from "lucide-react";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { NumberValue } from "../../../parts/figures.tsx";
import { formatCount } from "../../../parts/format/number.ts";
import { MiddleTruncate } from "../../../parts/middle-truncate.tsx";
import { isStringArray, useStoredState } from "../../../parts/stored-state.ts";
import { metricNumber } from "../metric-value.ts";
import { isActive } from "../use-run-data.ts";
import { usePinnedMetrics } from "../use-pinned-metrics.ts";
import { groupMetrics } from "./chart-groups.ts";
import { ChartToolbar } from "./chart-toolbar.tsx";
import { type ChartViewState, useChartView } from "./chart-view.ts";
import { LargeChart } from "./large-chart.tsx";
import { cardHeight, MetricChart } from "./metric-chart.tsx";
import { NearView } from "../../../parts/near-view.tsx";
import { SystemCharts } from "./system-charts.tsx";
import { useFreshSeries } from "./use-series.ts";

const noneFolded: string[] = [];

/** All metrics of a run as charts, by prefix; drawn as they come into sight. */
export function RunCharts({ project, run }: { project: string; run: Run }) {
  const view = useChartView();
  const { pinned, toggle } = usePinnedMetrics(project);
  const active = isActive(run.state);
  useFreshSeries(project, run);
  const grouped = useMemo(
    () => groupMetrics(run.metrics, { search: view.search, pinned, active }),
    [run.metrics, view.search, pinned, active],
  );
  const charts = (metrics: readonly LatestMetric[]) => (
    <ChartGrid {...{ project, run, view, pinned, metrics }} onPin={toggle} />
  );
  const alone = grouped.groups.length === 1 && grouped.pinned.length === 0;
  return (
    <div className="flex flex-col gap-4">
      {run.metrics.length === 0 ? (
        <NoMetrics active={active} />
      ) : (
        <ChartToolbar view={view} matched={grouped.matched} total={run.metrics.length} />
      )}
      {grouped.matched === 0 && run.metrics.length > 0 ? <NothingFound view={view} /> : null}
      {grouped.pinned.length > 0 ? (
        <Group id=":pinned" title="Pinned" count={grouped.pinned.length}>
          {charts(grouped.pinned)}
        </Group>
      ) : null}
      {grouped.groups.map(({ id, title, metrics }) =>
        alone && id === "" ? (
          <div key={id}>{charts(metrics)}</div>
        ) : (
          <Group key={id} id={id} title={title} count={metrics.length}>
            {charts(metrics)}
          </Group>
        ),
      )}
      {grouped.single.length > 0 ? (
        <Group id=":single" title="Single values" count={grouped.single.length}>
          <SingleValues metrics={grouped.single} />
        </Group>
      ) : null}
      {run.hasJob && run.startedAt !== null && view.search === "" ? (
        <Group id=":system" title="System">
          <div className={gridClasses}>
            <SystemCharts project={project} run={run} view={view} />
          </div>
        </Group>
      ) : null}
      <LargeChart project={project} run={run} view={view} />
    </div>
  );
}

const gridClasses = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,330px),1fr))] gap-3";

interface ChartGridProps {
  project: string;
  run: Run;
  view: ChartViewState;
  pinned: readonly string[];
  metrics: readonly LatestMetric[];
  onPin(key: string): void;
}

function ChartGrid({ metrics, pinned, ...rest }: ChartGridProps) {
  return (
    <div className={gridClasses}>
      {metrics.map((metric) => (
        <NearView key={metric.key} height={cardHeight}>
          <MetricChart metric={metric} pinned={pinned.includes(metric.key)} {...rest} />
        </NearView>
      ))}
    </div>
  );
}

interface GroupProps {
  id: string;
  title: string;
  count?: number | undefined;
  children: ReactNode;
}

/** Charts under a heading that folds; what is folded stays so for this person. */
function Group({ id, title, count, children }: GroupProps) {
  const [folded, setFolded] = useStoredState("folded-charts", noneFolded, isStringArray);
  const open = !folded.includes(id);
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setFolded(open ? [...folded, id] : folded.filter((other) => other !== id))}
        className="-ml-1 flex h-7 max-w-full items-center gap-1 self-start rounded-sm pr-2 text-sm font-medium hover:bg-hover"
      >
        <Arrow className="size-4 shrink-0 text-ink-3" aria-hidden />
        <span className="truncate">{title}</span>
        {count === undefined ? null : (
          <span className="tabular ml-1 text-xs font-normal text-ink-3">{formatCount(count)}</span>
        )}
      </button>
      {open ? children : null}
    </section>
  );
}

function SingleValues({ metrics }: { metrics: readonly LatestMetric[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,220px),1fr))] gap-x-6 rounded-lg border border-line px-3 py-1.5">
      {metrics.map((metric) => (
        <div key={metric.key} className="flex min-w-0 items-baseline gap-3 py-1 text-sm">
          <dt className="min-w-0 flex-1 text-ink-2">
            <MiddleTruncate text={metric.key} />
          </dt>
          <dd>
            <NumberValue value={metricNumber(metric.value)} className="font-medium" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function NoMetrics({ active }: { active: boolean }) {
  return (
    <EmptyState
      icon={<LineChart aria-hidden />}
      title={active ? "No metrics yet" : "This run logged no metrics"}
      command={'mlflow.log_metric("loss", loss, step=step)'}
      className="py-10"
    >
      {active ? "Curves appear here as the run logs them." : "A run logs them like this:"}
    </EmptyState>
  );
}

function NothingFound({ view }: { view: ChartViewState }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={`No metric has “${view.search}” in its name`}
      className="py-10"
    />
  );
}
