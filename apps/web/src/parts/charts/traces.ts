import type { ChartLine, XRange } from "./chart-line.ts";
import { smooth } from "./smoothing.ts";

/** A line ready to be drawn. Gaps are NaN. */
export interface Trace {
  line: ChartLine;
  x: Float64Array;
  /** What is drawn strongly: smoothed, or the means themselves. */
  y: Float64Array;
  /** The means as they are, drawn faintly behind; undefined without smoothing. */
  raw: Float64Array | undefined;
  /** The bounds of the buckets; undefined where each bucket is a point. */
  low: Float64Array | undefined;
  high: Float64Array | undefined;
}

export function makeTrace(line: ChartLine, smoothing: number): Trace {
  const mean = column(line.mean);
  const downsampled = line.points > line.x.length;
  return {
    line,
    x: Float64Array.from(line.x),
    y: smooth(mean, smoothing),
    raw: smoothing > 0 ? mean : undefined,
    low: downsampled ? column(line.min) : undefined,
    high: downsampled ? column(line.max) : undefined,
  };
}

function column(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

/** The range of x over all traces; undefined where there is no point at all. */
export function xExtent(traces: readonly Trace[]): XRange | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { x } of traces) {
    if (x.length === 0) continue;
    from = Math.min(from, x[0] ?? from);
    to = Math.max(to, x[x.length - 1] ?? to);
  }
  if (from > to) return undefined;
  return from === to ? [from - 1, to + 1] : [from, to];
}

/** The position of the first x that is not below a value. */
export function lowerBound(x: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The position of the point that is nearest to x; -1 for an empty trace. */
export function nearestIndex(x: ArrayLike<number>, value: number): number {
  if (x.length === 0) return -1;
  const after = Math.min(lowerBound(x, value), x.length - 1);
  if (after === 0) return 0;
  return value - (x[after - 1] ?? 0) <= (x[after] ?? 0) - value ? after - 1 : after;
}

export interface YOptions {
  log: boolean;
  range: XRange;
}

/** The range of y that the visible parts of the traces take, with a little air. */
export function yExtent(traces: readonly Trace[], { log, range }: YOptions): XRange {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const trace of traces) {
    const from = Math.max(0, lowerBound(trace.x, range[0]) - 1);
    const to = Math.min(trace.x.length, lowerBound(trace.x, range[1]) + 1);
    // With smoothing the bounds of the buckets would squeeze the very line that is looked at.
    const columns = trace.raw ? [trace.y, trace.raw] : [trace.y, trace.low, trace.high];
    for (const values of columns) {
      for (let at = from; values && at < to; at += 1) {
        const value = values[at] ?? Number.NaN;
        if (!Number.isFinite(value) || (log && value <= 0)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return withAir(low, high, log);
}

function withAir(low: number, high: number, log: boolean): XRange {
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) return low === high ? [low / 2, high * 2] : [low / 1.1, high * 1.1];
  const span = high - low;
  const air = span === 0 ? Math.max(Math.abs(high) * 0.05, 1e-9) : span * 0.05;
  return [low - air, high + air];
}
