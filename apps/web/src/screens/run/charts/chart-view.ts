"use client";

import {
  createParser,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import type { ChartAxis, XRange } from "../../../parts/charts/chart-line.ts";

export const chartAxes = ["step", "time", "relative"] as const satisfies readonly ChartAxis[];

/** A part of the x axis in an address: "10~50". */
export const parseAsRange = createParser<XRange>({
  parse(text) {
    const [from = Number.NaN, to = Number.NaN] = text.split("~").map(Number);
    return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : null;
  },
  serialize: ([from, to]) => `${short(from)}~${short(to)}`,
  eq: ([a, b], [c, d]) => a === c && b === d,
});

/** Times are whole milliseconds, and steps need no more digits than a drag has pixels. */
function short(value: number): string {
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(6)));
}

const parsers = {
  q: parseAsString.withDefault(""),
  x: parseAsStringLiteral(chartAxes).withDefault("step"),
  smooth: parseAsFloat.withDefault(0),
  log: parseAsBoolean.withDefault(false),
  zoom: parseAsRange,
  chart: parseAsString,
};

/** How the charts of a run are looked at; the address holds it. */
export interface ChartView {
  readonly search: string;
  readonly axis: ChartAxis;
  readonly smoothing: number;
  readonly log: boolean;
  readonly range: XRange | undefined;
  /** The metric that is shown large. */
  readonly large: string | undefined;
}

export interface ChartViewState extends ChartView {
  change(next: Partial<ChartView>): void;
}

export function useChartView(): ChartViewState {
  const [state, setState] = useQueryStates(parsers, { throttleMs: 200 });
  return {
    search: state.q,
    axis: state.x,
    smoothing: Math.min(0.99, Math.max(0, state.smooth)),
    log: state.log,
    range: state.zoom ?? undefined,
    large: state.chart ?? undefined,
    change(next) {
      const { search: q, axis: x, smoothing: smooth, log } = next;
      void setState({
        ...(q === undefined ? {} : { q }),
        // A part of one axis means nothing on another.
        ...(x === undefined ? {} : { x, zoom: null }),
        ...(smooth === undefined ? {} : { smooth }),
        ...(log === undefined ? {} : { log }),
        ...("range" in next ? { zoom: next.range ?? null } : {}),
        ...("large" in next ? { chart: next.large ?? null } : {}),
      });
    },
  };
}
