/** What x counts: the step, the wall clock, or the time since the run began (both in ms). */
export type ChartAxis = "step" | "time" | "relative";

/**
 * One run's series in buckets: columns of equal length, as the API's chart answers them. With no
 * more points than buckets each bucket is a point, and `mean`, `min` and `max` are the same.
 */
export interface ChartLine {
  /** The run's id. */
  id: string;
  name: string;
  /** A plain colour such as "#2612bc": canvas cannot follow variables. */
  color: string;
  /** Ascending. */
  x: readonly number[];
  mean: readonly (number | null)[];
  min: readonly (number | null)[];
  max: readonly (number | null)[];
  /** Positions of buckets that hold a NaN or an infinity. */
  notFinite: readonly number[];
  /** How many points there are behind the buckets. */
  points: number;
  /** The run failed: its end is marked. */
  failed?: boolean | undefined;
}

export type Goal = "max" | "min";

/** A part of the x axis; both ends in the axis's own unit. */
export type XRange = readonly [from: number, to: number];
