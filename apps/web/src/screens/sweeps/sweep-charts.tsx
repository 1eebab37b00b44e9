"use client";

import type { Sweep, Trial } from "@tessera/contracts/sweep";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { XRange } from "../../parts/charts/chart-line.ts";
import type { Brushes, ParallelAxis } from "../../parts/parallel/parallel-model.ts";
import { withinBrushes } from "../../parts/parallel/parallel-model.ts";
import { useRunColors } from "../../parts/run-colors/use-run-colors.ts";
import { Skeleton } from "../../parts/skeleton.tsx";
import { runPath } from "../run/run-paths.ts";
import { progressLines, trialAxes, trialRows } from "./trial-lines.ts";
import { TrialTable } from "./trial-table.tsx";

const loading = () => <Skeleton className="h-64 w-full" />;

const SeriesChart = dynamic(
  () => import("../../parts/charts/series-chart.tsx").then((module) => module.SeriesChart),
  { ssr: false, loading },
);

const ParallelCoordinates = dynamic(
  () =>
    import("../../parts/parallel/parallel-coordinates.tsx").then(
      (module) => module.ParallelCoordinates,
    ),
  { ssr: false, loading },
);

interface SweepChartsProps {
  project: string;
  sweep: Sweep;
  /** In a stable array. */
  trials: readonly Trial[];
}

/** Canvas takes plain colours alone; these are legible on both grounds. */
const lineColors = { best: "#4f6df5", each: "#8b93a7" };

function Progress({ sweep, trials }: Omit<SweepChartsProps, "project">) {
  const [range, setRange] = useState<XRange>();
  const [log, setLog] = useState(false);
  const { direction, metric } = sweep;
  const lines = useMemo(
    () => progressLines({ trials, direction }, lineColors),
    [trials, direction],
  );
  return (
    <SeriesChart
      title={metric}
      lines={lines}
      axis="step"
      goal={direction === "minimize" ? "min" : "max"}
      logScale={log}
      onLogScaleChange={setLog}
      range={range}
      onRangeChange={setRange}
      height={240}
      legend
    />
  );
}

/** How the search went, what goes with what, and the trials; those chosen on an axis alone. */
export function SweepCharts({ project, sweep, trials }: SweepChartsProps) {
  const router = useRouter();
  const { canvasColorOf } = useRunColors();
  const [axes, setAxes] = useState<readonly ParallelAxis[]>(() =>
    trialAxes(sweep.space, sweep.metric),
  );
  const [brushes, setBrushes] = useState<Brushes>({});
  const [colorBy, setColorBy] = useState<string | undefined>("metric");
  const rows = useMemo(
    () => trialRows(trials, ({ runId, number }) => canvasColorOf(runId ?? String(number))),
    [trials, canvasColorOf],
  );
  const brushed = Object.keys(brushes).length > 0;
  const chosen = new Set(rows.filter((row) => withinBrushes(row, brushes)).map(({ id }) => id));
  const shown = brushed ? trials.filter(({ number }) => chosen.has(String(number))) : trials;
  const open = (number: string): void => {
    const runId = trials.find((trial) => String(trial.number) === number)?.runId;
    if (runId) router.push(runPath(project, runId));
  };
  return (
    <>
      {rows.length === 0 ? null : (
        <div className="grid items-start gap-4 xl:grid-cols-[2fr_3fr]">
          <section aria-label="Best so far" className="min-w-0">
            <Progress sweep={sweep} trials={trials} />
          </section>
          <section
            aria-label="What goes with what"
            className="min-w-0 rounded-lg border border-line bg-surface p-3"
          >
            <ParallelCoordinates
              axes={axes}
              onAxesChange={setAxes}
              rows={rows}
              brushes={brushes}
              onBrushesChange={setBrushes}
              colorBy={colorBy}
              onColorByChange={setColorBy}
              onRunOpen={open}
            />
          </section>
        </div>
      )}
      <section className="flex flex-col gap-2">
        <h2 className="flex items-baseline gap-2 text-base font-semibold">
          Trials
          <span className="tabular text-sm font-normal text-ink-3">
            {brushed ? `${shown.length} of ${trials.length}` : trials.length}
          </span>
        </h2>
        <TrialTable project={project} sweep={sweep} trials={shown.toReversed()} />
      </section>
    </>
  );
}
