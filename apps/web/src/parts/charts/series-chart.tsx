"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ReactNode } from "react";
import { cn } from "../class-names.ts";
import { Skeleton } from "../skeleton.tsx";
import { ChartHeading } from "./chart-heading.tsx";
import { ChartLegend } from "./chart-legend.tsx";
import { chartMenuItems } from "./chart-menu.ts";
import type { SeriesChartProps } from "./chart-props.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { useChartState } from "./use-chart-state.ts";

const PlotCanvas = dynamic(() => import("./plot-canvas.tsx").then((module) => module.PlotCanvas), {
  ssr: false,
});

/** Many runs' series of one metric: zoom by dragging, back by a double press. */
export function SeriesChart(props: SeriesChartProps) {
  const { title, lines, axis, logScale = false, height = 220, range, onRangeChange } = props;
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const state = useChartState(props);
  const { traces, hover } = state;
  const blank = chartBlank(props, traces.length);
  const menu = chartMenuItems({
    title,
    axis,
    traces,
    range,
    log: logScale,
    element: frame,
    onLogScaleChange: props.onLogScaleChange,
  });
  return (
    <section
      ref={setFrame}
      aria-label={title}
      className={cn(
        "group/chart flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-surface p-2.5",
        props.className,
      )}
    >
      <ChartHeading
        title={title}
        onUnzoom={range ? () => onRangeChange(undefined) : undefined}
        menu={menu}
        aside={props.aside}
        tools={props.tools}
      />
      <div className="relative" style={{ height }} onMouseLeave={() => state.follow(undefined)}>
        {blank ?? (
          <PlotCanvas
            traces={traces}
            axis={axis}
            log={logScale}
            height={height}
            range={range}
            onRangeChange={onRangeChange}
            highlighted={state.highlighted}
            onHover={state.follow}
            syncKey={props.syncKey}
          />
        )}
        {hover && !blank ? <ChartTooltip hover={hover} axis={axis} /> : null}
      </div>
      {props.legend === false || props.loading ? null : (
        <ChartLegend
          lines={lines}
          goal={state.goal}
          hidden={state.hidden}
          onHiddenChange={state.setHidden}
          highlighted={state.highlighted}
          onHighlight={state.highlight}
        />
      )}
    </section>
  );
}

/** What stands in the place of a plot that has nothing to show; undefined when it has. */
function chartBlank({ lines, loading }: SeriesChartProps, visible: number): ReactNode {
  if (loading) return <Skeleton className="size-full" />;
  if (lines.every((line) => line.x.length === 0)) return <BlankWords>No values yet</BlankWords>;
  if (visible > 0) return undefined;
  return <BlankWords>All runs are hidden: press one below to see it</BlankWords>;
}

function BlankWords({ children }: { children: ReactNode }) {
  return (
    <p className="flex size-full items-center justify-center text-sm text-ink-3">{children}</p>
  );
}
