import type { PointColumns } from "./columns.ts";
import { finiteOf, isAscending, MEAN_SCALE, pointsOf, SUMMARY, SUMMARY_WIDTH } from "./summary.ts";

/** Which of a point's columns is x. */
export type PointAxis = "step" | "time";

/** A line of a chart: columns of equal length, one entry a bucket, in order of x. */
export interface ChartLine {
  /** Of the bucket's last point. */
  x: number[];
  /** Of the bucket's finite values, as are `min` and `max`; `null` where it has none. */
  mean: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
  /** Points in the bucket. */
  count: number[];
  /** Indexes of buckets that hold a NaN or an infinity. */
  notFinite: number[];
}

/** A stretch of a series in order: its points, or summaries in place of them. */
export type Piece = PointColumns | Float64Array;

export function isSummaries(piece: Piece): piece is Float64Array {
  return piece instanceof Float64Array;
}

export function countPoints(pieces: readonly Piece[]): number {
  let points = 0;
  for (const piece of pieces) {
    if (!isSummaries(piece)) {
      points += piece.values.length;
      continue;
    }
    for (let at = 0; at < piece.length; at += SUMMARY_WIDTH)
      points += pointsOf(piece[at] as number);
  }
  return points;
}

export function axisOf(columns: PointColumns, axis: PointAxis): Float64Array {
  return axis === "step" ? columns.steps : columns.timestamps;
}

/** Offsets within a summary of the least and the greatest x. */
export function boundsOf(axis: PointAxis): { readonly low: number; readonly high: number } {
  return axis === "step"
    ? { low: SUMMARY.minStep, high: SUMMARY.maxStep }
    : { low: SUMMARY.firstTimestamp, high: SUMMARY.lastTimestamp };
}

/** Buckets that are being filled; `x` need not come in order. */
export class Buckets {
  readonly size: number;
  readonly #axis: PointAxis;
  readonly #x: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #sum: Float64Array;
  readonly #finite: Float64Array;
  readonly #count: Float64Array;

  constructor(size: number, axis: PointAxis) {
    this.size = size;
    this.#axis = axis;
    this.#x = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#min = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#sum = new Float64Array(size);
    this.#finite = new Float64Array(size);
    this.#count = new Float64Array(size);
  }

  addPoint(bucket: number, x: number, value: number): void {
    const count = this.#count[bucket] as number;
    this.#count[bucket] = count + 1;
    if (x > (this.#x[bucket] as number)) this.#x[bucket] = x;
    if (!Number.isFinite(value)) return;
    this.#addFinite(bucket, value * MEAN_SCALE, 1);
    this.#extend(bucket, value, value);
  }

  /** Adds the points that the summary at `at` stands for. */
  addSummary(bucket: number, summaries: Float64Array, at: number): void {
    const packed = summaries[at] as number;
    const finite = finiteOf(packed);
    const x = summaries[at + boundsOf(this.#axis).high] as number;
    this.#count[bucket] = (this.#count[bucket] as number) + pointsOf(packed);
    if (x > (this.#x[bucket] as number)) this.#x[bucket] = x;
    if (finite === 0) return;
    const mean = summaries[at + SUMMARY.mean] as number;
    this.#addFinite(bucket, mean * MEAN_SCALE * finite, finite);
    const min = summaries[at + SUMMARY.min] as number;
    this.#extend(bucket, min, summaries[at + SUMMARY.max] as number);
  }

  #addFinite(bucket: number, sum: number, finite: number): void {
    this.#sum[bucket] = (this.#sum[bucket] as number) + sum;
    this.#finite[bucket] = (this.#finite[bucket] as number) + finite;
  }

  #extend(bucket: number, min: number, max: number): void {
    if (min < (this.#min[bucket] as number)) this.#min[bucket] = min;
    if (max > (this.#max[bucket] as number)) this.#max[bucket] = max;
  }

  /** The line, without buckets that got no point; `origin` is where x is 0. */
  finish(origin: number): ChartLine {
    const line: ChartLine = { x: [], mean: [], min: [], max: [], count: [], notFinite: [] };
    for (let bucket = 0; bucket < this.size; bucket++) {
      const count = this.#count[bucket] as number;
      if (count === 0) continue;
      const finite = this.#finite[bucket] as number;
      if (finite < count) line.notFinite.push(line.x.length);
      line.x.push((this.#x[bucket] as number) - origin);
      line.mean.push(finite > 0 ? (this.#sum[bucket] as number) / finite / MEAN_SCALE : null);
      line.min.push(finite > 0 ? (this.#min[bucket] as number) : null);
      line.max.push(finite > 0 ? (this.#max[bucket] as number) : null);
      line.count.push(count);
    }
    return line;
  }
}

/** Whether x never falls along the pieces: by time always, by step in a series logged in order. */
export function isInOrder(pieces: readonly Piece[], axis: PointAxis): boolean {
  let x = Number.NEGATIVE_INFINITY;
  const { low, high } = boundsOf(axis);
  for (const piece of pieces) {
    if (isSummaries(piece)) {
      for (let at = 0; at < piece.length; at += SUMMARY_WIDTH) {
        if ((piece[at + low] as number) < x) return false;
        if (axis === "step" && !isAscending(piece[at] as number)) return false;
        x = piece[at + high] as number;
      }
      continue;
    }
    for (const next of axisOf(piece, axis)) {
      if (next < x) return false;
      x = next;
    }
  }
  return true;
}

/** Fills buckets of equally many points, as far as summaries can be told apart. */
export function fillInOrder(buckets: Buckets, pieces: readonly Piece[], axis: PointAxis): void {
  const share = buckets.size / Math.max(countPoints(pieces), buckets.size);
  let before = 0;
  for (const piece of pieces) {
    if (isSummaries(piece)) {
      for (let at = 0; at < piece.length; at += SUMMARY_WIDTH) {
        buckets.addSummary(Math.floor(before * share), piece, at);
        before += pointsOf(piece[at] as number);
      }
      continue;
    }
    const x = axisOf(piece, axis);
    for (let i = 0; i < x.length; i++) {
      buckets.addPoint(Math.floor(before * share), x[i] as number, piece.values[i] as number);
      before++;
    }
  }
}

/** Buckets of equal width, for points that come in any order of x. */
export class Grid {
  readonly low: number;
  readonly #buckets: Buckets;
  readonly #width: number;

  constructor(buckets: Buckets, low: number, high: number) {
    this.low = low;
    this.#buckets = buckets;
    this.#width = (high - low) / buckets.size || 1;
  }

  #bucketOf(x: number): number {
    const bucket = Math.floor((x - this.low) / this.#width);
    return Math.min(Math.max(bucket, 0), this.#buckets.size - 1);
  }

  addPoints(columns: PointColumns, axis: PointAxis): void {
    const x = axisOf(columns, axis);
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number;
      this.#buckets.addPoint(this.#bucketOf(at), at, columns.values[i] as number);
    }
  }

  /** Adds summaries, each of one bucket; `false`, and none added, where one would need to be split. */
  addSummaries(summaries: Float64Array, axis: PointAxis): boolean {
    const { low, high } = boundsOf(axis);
    for (let at = 0; at < summaries.length; at += SUMMARY_WIDTH) {
      const from = this.#bucketOf(summaries[at + low] as number);
      if (from !== this.#bucketOf(summaries[at + high] as number)) return false;
    }
    for (let at = 0; at < summaries.length; at += SUMMARY_WIDTH) {
      this.#buckets.addSummary(this.#bucketOf(summaries[at + low] as number), summaries, at);
    }
    return true;
  }
}
