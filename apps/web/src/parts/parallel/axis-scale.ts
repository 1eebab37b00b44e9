import { scaleLinear, scaleLog, scalePoint } from "d3-scale";
import { formatNumber } from "../format/number.ts";
import { shortNumber } from "../charts/axis-format.ts";
import { numberOf } from "./parallel-model.ts";
import type { Brush, ParallelAxis, ParallelRow, ParallelValue } from "./parallel-model.ts";

/** Where the values of one axis stand, in pixels from the top. */
export interface AxisScale {
  axis: ParallelAxis;
  /** Undefined for what has no place: no value, NaN, zero on a logarithmic axis. */
  place(value: ParallelValue): number | undefined;
  ticks: readonly { label: string; at: number }[];
  /** What a stretch of pixels chooses; undefined for nothing. */
  brushOf(top: number, bottom: number): Brush | undefined;
  /** The stretch of pixels that a brush takes. */
  stretchOf(brush: Brush): readonly [top: number, bottom: number] | undefined;
  /** 0 at the bottom to 1 at the top, for colours. */
  share(value: ParallelValue): number | undefined;
}

export function makeAxisScale(
  axis: ParallelAxis,
  rows: readonly ParallelRow[],
  height: number,
): AxisScale {
  const values = rows.map((row) => row.values[axis.id]);
  return axis.kind === "category"
    ? categoryScale(axis, values, height)
    : numberScale(axis, values, height);
}

function numberScale(
  axis: ParallelAxis,
  values: readonly ParallelValue[],
  height: number,
): AxisScale {
  const log = axis.kind === "log";
  const [low, high] = numberExtent(values, log);
  const scale = (log ? scaleLog : scaleLinear)().domain([low, high]).range([height, 0]);
  const place = (value: ParallelValue) => {
    const number = numberOf(value);
    if (number === undefined || !Number.isFinite(number) || (log && number <= 0)) return undefined;
    return scale(number);
  };
  const ticks = log ? logTicks(low, high) : scale.ticks(Math.max(2, Math.round(height / 44)));
  return {
    axis,
    place,
    ticks: ticks.map((value) => ({ label: shortNumber(value), at: scale(value) })),
    brushOf: (top, bottom) => ({ from: scale.invert(bottom), to: scale.invert(top) }),
    stretchOf: (brush) => ("among" in brush ? undefined : [scale(brush.to), scale(brush.from)]),
    share: (value) => {
      const at = place(value);
      return at === undefined ? undefined : 1 - at / height;
    },
  };
}

function numberExtent(values: readonly ParallelValue[], log: boolean): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const number = numberOf(value);
    if (number === undefined || !Number.isFinite(number) || (log && number <= 0)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  if (low < high) return [low, high];
  return log ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
}

function logTicks(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / 8));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(10 ** power);
  return ticks.length > 1 ? ticks : [low, high];
}

const collator = new Intl.Collator("en", { numeric: true });

function categoryScale(
  axis: ParallelAxis,
  values: readonly ParallelValue[],
  height: number,
): AxisScale {
  const present = values.filter((value) => value !== null && value !== undefined).map(String);
  const names = [...new Set(present)].toSorted((a, b) => collator.compare(b, a));
  const scale = scalePoint<string>().domain(names).range([height, 0]).padding(0.4);
  const place = (value: ParallelValue) =>
    value === null || value === undefined ? undefined : scale(String(value));
  const reach = Math.min(12, scale.step() / 2 || 12);
  return {
    axis,
    place,
    ticks: names.map((name) => ({ label: name, at: scale(name) ?? 0 })),
    brushOf(top, bottom) {
      const among = names.filter((name) => {
        const at = scale(name) ?? -1;
        return at >= top && at <= bottom;
      });
      return among.length > 0 ? { among } : undefined;
    },
    stretchOf(brush) {
      const places = "among" in brush ? brush.among.map((name) => scale(name) ?? 0) : [];
      return places.length === 0
        ? undefined
        : [Math.min(...places) - reach, Math.max(...places) + reach];
    },
    share(value) {
      const at = place(value);
      return at === undefined ? undefined : 1 - at / height;
    },
  };
}

/** A value as the chart writes it. */
export function valueLabel(value: ParallelValue): string {
  if (value === null || value === undefined) return "no value";
  return typeof value === "number" ? formatNumber(value) : String(value);
}
