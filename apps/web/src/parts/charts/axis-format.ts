import { formatClock, formatDuration } from "../format/duration.ts";
import { formatNumber } from "../format/number.ts";
import { formatDate, formatExact, formatHourMinute, formatTimeOfDay } from "../format/time.ts";
import type { ChartAxis } from "./chart-line.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Distances between ticks that are easy to read off a clock, in ms. */
export const clockSteps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((count) => count * day),
];

/** A tick of the x axis, `step` apart from the next. */
export function xTick(value: number, axis: ChartAxis, step: number): string {
  if (axis === "step") return shortNumber(value);
  if (axis === "relative") return step < second ? `${value / second} s` : formatClock(value);
  if (step >= day) return formatDate(value, value);
  // The day is named once, where it begins.
  if (new Date(value).getHours() === 0 && value % minute === 0 && step >= hour)
    return formatDate(value, value);
  return step < minute ? formatTimeOfDay(value) : formatHourMinute(value);
}

/** x in full, for the tooltip. */
export function xFull(value: number, axis: ChartAxis): string {
  if (axis === "step") return `Step ${formatNumber(value)}`;
  return axis === "relative" ? `After ${formatDuration(value)}` : formatExact(value);
}

const suffixes = [
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** A tick in few characters: 12 k, 1.5 M, 0.0025, 1e-6. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return trimExponent(value.toExponential(1));
  for (const [unit, suffix] of suffixes) {
    if (size >= unit * 10 || (size >= unit && unit > 1e3))
      return `${trimZeros(value / unit)}${suffix}`;
  }
  return trimZeros(value);
}

function trimZeros(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function trimExponent(text: string): string {
  return text.replace(".0e", "e").replace("e+", "e");
}
