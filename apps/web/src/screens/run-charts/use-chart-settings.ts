"use client";

import {
  createParser,
  parseAsArrayOf,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo } from "react";
import type { ChartAxis, XRange } from "../../parts/charts/chart-line.ts";

/** "120~480": bounds of x. */
export const parseAsRange = createParser<XRange>({
  parse(text) {
    const [from = Number.NaN, to = Number.NaN] = text.split("~").map(Number);
    return from < to ? [from, to] : null;
  },
  serialize: ([from, to]) => `${Number(from.toPrecision(12))}~${Number(to.toPrecision(12))}`,
  eq: (a, b) => a[0] === b[0] && a[1] === b[1],
});

const parsers = {
  x: parseAsStringLiteral(["step", "time", "relative"]).withDefault("step"),
  smooth: parseAsFloat.withDefault(0),
  /** The metrics on a logarithmic scale. */
  log: parseAsArrayOf(parseAsString).withDefault([]),
  zoom: parseAsRange,
};

export interface ChartSettings {
  readonly axis: ChartAxis;
  setAxis(axis: ChartAxis): void;
  /** From 0 to 0.99. */
  readonly smoothing: number;
  setSmoothing(smoothing: number): void;
  readonly log: ReadonlySet<string>;
  setLog(metric: string, log: boolean): void;
  readonly range: XRange | undefined;
  setRange(range: XRange | undefined): void;
}

/** How all charts of a page are drawn; kept in its address. */
export function useChartSettings(): ChartSettings {
  const [address, setAddress] = useQueryStates(parsers, { history: "replace" });
  const { x: axis, smooth, log, zoom } = address;
  return useMemo(() => {
    const logs = new Set(log);
    return {
      axis,
      // A range of steps means nothing on a clock.
      setAxis: (next) => void setAddress({ x: next, zoom: null }),
      smoothing: Math.min(0.99, Math.max(0, smooth)),
      setSmoothing: (next) => void setAddress({ smooth: next }),
      log: logs,
      setLog: (metric, on) =>
        void setAddress({
          log: [...log.filter((other) => other !== metric), ...(on ? [metric] : [])],
        }),
      range: zoom ?? undefined,
      setRange: (next) => void setAddress({ zoom: next ?? null }),
    };
  }, [axis, smooth, log, zoom, setAddress]);
}
