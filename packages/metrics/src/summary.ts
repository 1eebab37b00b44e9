import type { PointColumns } from "./columns.ts";

/**
 * What a chart needs of a stretch of points, in place of the points. A stored summary is eight doubles,
 * little endian, so that many lie in one Float64Array.
 */
export const SUMMARY_WIDTH = 8;
/** Points to a summary at the finer levels; a segment has one summary of all its points besides. */
export const LEVEL_POINTS = { coarse: 1024, fine: 128 } as const;
export type SummaryLevel = keyof typeof LEVEL_POINTS;

export const SUMMARY = {
  packed: 0,
  firstTimestamp: 1,
  lastTimestamp: 2,
  minStep: 3,
  maxStep: 4,
  /** Of finite values, as are `max` and `mean`; NaN where there is none. */
  min: 5,
  max: 6,
  mean: 7,
} as const;

const COUNT_LIMIT = 2 ** 20;

/** Applied to what is summed for a mean, so that no sum of doubles overflows. */
export const MEAN_SCALE = 2 ** -30;

/** Number of points, how many are finite, and whether steps never fall: one exact double. */
function pack(points: number, finite: number, ascending: boolean): number {
  return (points * COUNT_LIMIT + finite) * 2 + (ascending ? 1 : 0);
}

export function pointsOf(packed: number): number {
  return Math.floor(packed / (2 * COUNT_LIMIT));
}

export function finiteOf(packed: number): number {
  return Math.floor(packed / 2) % COUNT_LIMIT;
}

export function isAscending(packed: number): boolean {
  return packed % 2 === 1;
}

/** Summary of the points from `from` up to, but without, `to`, written at `at` of `out`. */
export function summarise(
  columns: PointColumns,
  range: { readonly from: number; readonly to: number },
  target: { readonly out: Float64Array; readonly at: number },
): void {
  const { from, to } = range;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let finite = 0;
  let minStep = Number.POSITIVE_INFINITY;
  let maxStep = Number.NEGATIVE_INFINITY;
  let ascending = true;
  for (let i = from; i < to; i++) {
    const step = columns.steps[i] as number;
    if (step < maxStep) ascending = false;
    if (step < minStep) minStep = step;
    if (step > maxStep) maxStep = step;
    const value = columns.values[i] as number;
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value * MEAN_SCALE;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const { out, at } = target;
  out[at] = pack(to - from, finite, ascending);
  out[at + SUMMARY.firstTimestamp] = columns.timestamps[from] as number;
  out[at + SUMMARY.lastTimestamp] = columns.timestamps[to - 1] as number;
  out[at + SUMMARY.minStep] = minStep;
  out[at + SUMMARY.maxStep] = maxStep;
  out[at + SUMMARY.min] = finite > 0 ? min : Number.NaN;
  out[at + SUMMARY.max] = finite > 0 ? max : Number.NaN;
  out[at + SUMMARY.mean] = finite > 0 ? sum / finite / MEAN_SCALE : Number.NaN;
}

function toBuffer(summaries: Float64Array): Buffer {
  return Buffer.from(summaries.buffer, summaries.byteOffset, summaries.byteLength);
}

/** Stored summary of all the points. */
export function encodeSummary(columns: PointColumns): Buffer {
  const out = new Float64Array(SUMMARY_WIDTH);
  summarise(columns, { from: 0, to: columns.values.length }, { out, at: 0 });
  return toBuffer(out);
}

/** Stored summaries of a level; nothing where the one summary says it all. */
export function encodeLevel(columns: PointColumns, level: SummaryLevel): Buffer | null {
  const points = columns.values.length;
  const size = LEVEL_POINTS[level];
  if (points <= size) return null;
  const parts = Math.ceil(points / size);
  const out = new Float64Array(parts * SUMMARY_WIDTH);
  for (let part = 0; part < parts; part++) {
    const range = { from: part * size, to: Math.min((part + 1) * size, points) };
    summarise(columns, range, { out, at: part * SUMMARY_WIDTH });
  }
  return toBuffer(out);
}

/** Stored summaries as doubles; copied, since a slice of a buffer need not be aligned. */
export function decodeSummaries(stored: Buffer): Float64Array {
  const copy = new Uint8Array(stored.length);
  copy.set(stored);
  return new Float64Array(copy.buffer);
}
