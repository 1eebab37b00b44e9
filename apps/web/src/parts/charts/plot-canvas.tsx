"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ChartAxis, XRange } from "./chart-line.ts";
import { hoverAt } from "./hover.ts";
import type { Hover } from "./hover.ts";
import { paintTraces } from "./paint-traces.ts";
import { projectPlot } from "./plot-projection.ts";
import { xExtent, yExtent } from "./traces.ts";
import type { Trace } from "./traces.ts";
import { refreshPlot, usePlot } from "./use-plot.ts";

export interface PlotCanvasProps {
  traces: readonly Trace[];
  axis: ChartAxis;
  log: boolean;
  height: number;
  /** The part of x to show; all of it without. */
  range: XRange | undefined;
  onRangeChange(range: XRange | undefined): void;
  highlighted: string | undefined;
  /** The pointer is over the plot, or has left it; a following chart is not told. */
  onHover(hover: Hover | undefined): void;
  syncKey: string | undefined;
}

/** The canvas of a chart. Loaded only where a chart is shown. */
export function PlotCanvas(props: PlotCanvasProps) {
  const { traces, axis, log, height, range, highlighted, onHover, onRangeChange, syncKey } = props;
  const host = useRef<HTMLDivElement>(null);
  const { resolvedTheme } = useTheme();
  const xRange = (): XRange => range ?? xExtent(traces) ?? [0, 1];
  const plot = usePlot({
    host,
    height,
    axis,
    log,
    theme: resolvedTheme,
    syncKey,
    handlers: {
      xRange,
      yRange: () => yExtent(traces, { log, range: xRange() }),
      draw: (self) => paintTraces(self.ctx, traces, { ...projectPlot(self, log), highlighted }),
      cursor: (self, led) => led && onHover(hoverOf(self, traces)),
      zoom: onRangeChange,
      reset: () => onRangeChange(undefined),
    },
  });
  useEffect(() => refreshPlot(plot.current), [plot, traces, range]);
  // Only painted again: paths and axes are as they were.
  useEffect(() => plot.current?.redraw(false, false), [plot, highlighted]);
  return <div ref={host} style={{ height }} className="w-full cursor-crosshair overflow-hidden" />;
}

function hoverOf(plot: uPlot, traces: readonly Trace[]): Hover | undefined {
  const { left, top } = plot.cursor;
  if (left === undefined || top === undefined || left < 0) return undefined;
  return hoverAt(traces, {
    x: plot.posToVal(left, "x"),
    left: left + plot.over.offsetLeft,
    top: top + plot.over.offsetTop,
    width: plot.width,
    yOf: (value) => plot.valToPos(value, "y") + plot.over.offsetTop,
    xPerPixel: plot.posToVal(1, "x") - plot.posToVal(0, "x"),
  });
}
