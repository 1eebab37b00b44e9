import type uPlot from "uplot";
import { clockSteps, shortNumber, xTick } from "./axis-format.ts";
import type { ChartAxis, XRange } from "./chart-line.ts";
import type { ChartTheme } from "./chart-theme.ts";

export interface PlotHandlers {
  /** The ranges to show now. */
  xRange(): XRange;
  yRange(): XRange;
  draw(plot: uPlot): void;
  /** The pointer moved; in a chart that only follows another, `led` is false. */
  cursor(plot: uPlot, led: boolean): void;
  zoom(range: XRange): void;
  reset(): void;
}

export interface PlotSettings {
  width: number;
  height: number;
  axis: ChartAxis;
  log: boolean;
  theme: ChartTheme;
  /** Charts with the same key share their crosshair. */
  syncKey: string | undefined;
}

/**
 * uPlot draws axes, grid, crosshair and selection, and knows the scales. The lines are painted in
 * its draw hook: each has x of its own, where uPlot would want all of them joined on one.
 */
export function plotOptions(settings: PlotSettings, handlers: PlotHandlers): uPlot.Options {
  const { width, height, log, syncKey } = settings;
  return {
    width,
    height,
    ms: 1,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [...handlers.xRange()] as [number, number] },
      y: { distr: log ? 3 : 1, log: 10, range: () => [...handlers.yRange()] as [number, number] },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [xAxis(settings), yAxis(settings)],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: { dblclick: () => () => resetZoom(handlers) },
      ...(syncKey === undefined ? {} : { sync: syncOptions(`${syncKey}:${settings.axis}`) }),
    },
    hooks: {
      draw: [handlers.draw],
      setCursor: [(plot) => handlers.cursor(plot, plot.cursor.event != null)],
      setSelect: [(plot) => selectRange(plot, handlers)],
    },
  };
}

function resetZoom(handlers: PlotHandlers): null {
  handlers.reset();
  return null;
}

function selectRange(plot: uPlot, handlers: PlotHandlers) {
  const { left, width } = plot.select;
  if (width < 4) return;
  const range = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")] as const;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  handlers.zoom(range);
}

function syncOptions(key: string): uPlot.Cursor.Sync {
  // Only where the pointer is, is shared: a drag zooms through the page's own state.
  const moves = (type: string) => type === "mousemove" || type === "mouseleave";
  return { key, setSeries: false, scales: ["x", null], filters: { pub: moves, sub: moves } };
}

function axisLook({ theme }: PlotSettings) {
  return {
    stroke: theme.muted,
    font: `11px ${theme.font}`,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
  };
}

function xAxis(settings: PlotSettings): uPlot.Axis {
  const { axis } = settings;
  return {
    ...axisLook(settings),
    grid: { show: false },
    size: 24,
    gap: 4,
    space: axis === "time" ? 72 : 60,
    ...(axis === "step" ? { incrs: wholeSteps } : { incrs: clockSteps }),
    values: (_plot, splits) => {
      const step = (splits[1] ?? 0) - (splits[0] ?? 0);
      return splits.map((value) => xTick(value, axis, step));
    },
  };
}

/** Steps are whole: no tick stands between two of them. */
const wholeSteps = Array.from({ length: 16 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();

function yAxis(settings: PlotSettings): uPlot.Axis {
  const look = axisLook(settings);
  const filter = (_plot: uPlot, splits: number[]) => logTicks(splits);
  return {
    ...look,
    ...(settings.log ? { filter, grid: { ...look.grid, filter } } : {}),
    size: (_plot, values) => axisWidth(values),
    gap: 6,
    space: 32,
    values: (_plot, splits) => splits.map((value) => (value === null ? "" : shortNumber(value))),
  };
}

/** Of a log scale's many ticks the decades; where there are few of those, also 2 and 5 of each. */
export function logTicks(splits: readonly (number | null)[]): (number | null)[] {
  const decades = splits.filter((value) => value !== null && leadingDigit(value) === 1).length;
  const digits = decades > 2 ? [1] : [1, 2, 5];
  return splits.map((value) =>
    value !== null && digits.includes(leadingDigit(value)) ? value : null,
  );
}

/** The digit that a round number begins with; 0 for a number that is not round. */
function leadingDigit(value: number): number {
  const digits = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return Math.abs(digits - Math.round(digits)) < 1e-6 ? Math.round(digits) : 0;
}

/** Wide enough for its longest tick, in steps, so that it does not twitch while data come in. */
function axisWidth(values: (string | number)[] | null): number {
  const longest = Math.max(3, ...(values ?? []).map((value) => String(value).length));
  return 14 + Math.ceil(longest / 2) * 14;
}
