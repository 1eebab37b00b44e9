import { normalShareBelow } from "../../chance/normal.ts";
import type { Random } from "../../chance/random.ts";
import type { Dimension } from "../../space/branches.ts";
import type { PastTrial } from "../../study/study.ts";

/** A mixture of kernels in the unit cube: one a trial, and a wide one, the prior, at the end. */
export interface Parzen {
  readonly dimensions: readonly Dimension[];
  readonly count: number;
  /** Shares of the kernels, summing to 1. */
  readonly weights: Float64Array;
  /** Centres (or choices), one array a dimension. */
  readonly centres: readonly Float64Array[];
  /** Widths of the kernels of trials; 0 for choices. */
  readonly widths: readonly number[];
  /** Logarithm of weight over the normalising constants, one a kernel. */
  readonly scales: Float64Array;
  /** How likely another choice than the kernel's own is, before normalising. */
  readonly leak: number;
}

const NEWEST_AT_FULL_WEIGHT = 25;
const PRIOR_WIDTH = 1;
/** Widths of kernels, as shares of the range. */
const WIDEST = 0.2;
const NARROWEST = 0.01;
/** The same for whole values, in cells: the neighbours of a good value are worth a try. */
const NARROWEST_CELLS = 0.6;
const HALF_LOG_2PI = 0.9189385332046727;

/** Older trials count less: a ramp up to the newest, which all count fully. */
function weightsOf(count: number, priorWeight: number): Float64Array {
  const weights = new Float64Array(count + 1);
  const ramp = Math.max(0, count - NEWEST_AT_FULL_WEIGHT);
  for (let at = 0; at < count; at += 1) {
    weights[at] = at < ramp ? 1 / count + ((1 - 1 / count) * at) / ramp : 1;
  }
  weights[count] = count === 0 ? 1 : priorWeight;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function centresOf({ name, axis }: Dimension, trials: readonly PastTrial[]): Float64Array {
  const centres = new Float64Array(trials.length + 1);
  const isChoice = axis.kind === "choice";
  for (const [at, trial] of trials.entries()) {
    const position = axis.positionOf(trial.values[name]);
    centres[at] = isChoice ? position : (position - axis.low) / (axis.high - axis.low || 1);
  }
  centres[trials.length] = isChoice ? -1 : 0.5;
  return centres;
}

/**
 * Scott's rule on the trials' own spread, with one imagined trial at the usual distance so that
 * few trials make no needle, and a little narrower, for what is sought is the top of a peak.
 */
function widthOf(centres: Float64Array, dimensions: number, narrowest: number): number {
  const count = centres.length - 1;
  if (count === 0) return PRIOR_WIDTH;
  const trials = centres.subarray(0, count);
  const mean = trials.reduce((sum, at) => sum + at, 0) / count;
  const squares = trials.reduce((sum, at) => sum + (at - mean) ** 2, 0);
  const spread = Math.sqrt((squares + WIDEST ** 2) / (count + 1));
  const factor = 0.8 * count ** (-1 / (dimensions + 4));
  return Math.max(Math.min(WIDEST, spread) * factor, narrowest);
}

/** The kernel's mass within the range, as a logarithm; what lies outside is cut off. */
function logMassInside(centre: number, width: number): number {
  const upper = (1 - centre) / width;
  const lower = -centre / width;
  if (upper > 5 && lower < -5) return 0;
  return Math.log(normalShareBelow(upper) - normalShareBelow(lower));
}

function scalesOf(parzen: Omit<Parzen, "scales">): Float64Array {
  const { count, weights, centres, widths, dimensions, leak } = parzen;
  const scales = weights.map(Math.log);
  for (const [at, { axis }] of dimensions.entries()) {
    const column = centres[at] ?? scales;
    const width = widths[at] ?? PRIOR_WIDTH;
    const isChoice = axis.kind === "choice";
    const whole = isChoice ? Math.log(1 + leak * axis.count) : Math.log(width) + HALF_LOG_2PI;
    for (let kernel = 0; kernel < count; kernel += 1) {
      const inside = isChoice ? 0 : logMassInside(column[kernel] ?? 0.5, width);
      scales[kernel] = (scales[kernel] ?? 0) - whole - inside;
    }
    const prior = isChoice
      ? Math.log(leak * axis.count)
      : Math.log(PRIOR_WIDTH) + HALF_LOG_2PI + logMassInside(0.5, PRIOR_WIDTH);
    scales[count] = (scales[count] ?? 0) - prior;
  }
  return scales;
}

/** Takes trials in which every one of the dimensions applied. */
export function createParzen(
  dimensions: readonly Dimension[],
  trials: readonly PastTrial[],
  priorWeight: number,
): Parzen {
  const centres = dimensions.map((dimension) => centresOf(dimension, trials));
  const parzen = {
    dimensions,
    count: trials.length,
    weights: weightsOf(trials.length, priorWeight),
    centres,
    leak: priorWeight / (trials.length + 1),
    widths: dimensions.map(({ axis }, at) => {
      const own = centres[at];
      if (axis.kind === "choice" || !own) return 0;
      return widthOf(own, dimensions.length, Math.max(NARROWEST, NARROWEST_CELLS / axis.count));
    }),
  };
  return { ...parzen, scales: scalesOf(parzen) };
}

interface Choice {
  /** −1 for the prior. */
  readonly own: number;
  readonly count: number;
  readonly leak: number;
}

/** The kernel's own choice, or any. */
function drawChoice({ own, count, leak }: Choice, random: Random): number {
  if (own >= 0 && random.uniform() * (1 + leak * count) < 1) return own;
  return random.below(count);
}

function drawNumber(centre: number, width: number, random: Random): number {
  for (let tries = 0; tries < 100; tries += 1) {
    const drawn = centre + width * random.normal();
    if (drawn >= 0 && drawn < 1) return drawn;
  }
  return centre;
}

/** A point of the cube; where a parameter is whole, the middle of its value's cell. */
export function drawFrom(parzen: Parzen, random: Random): Float64Array {
  let kernel = 0;
  let left = random.uniform() - (parzen.weights[0] ?? 0);
  while (left > 0 && kernel < parzen.count) {
    kernel += 1;
    left -= parzen.weights[kernel] ?? 0;
  }
  return Float64Array.from(parzen.dimensions, ({ axis }, at) => {
    const centre = parzen.centres[at]?.[kernel] ?? 0.5;
    if (axis.kind === "choice") {
      return drawChoice({ own: centre, count: axis.count, leak: parzen.leak }, random);
    }
    const width = kernel === parzen.count ? PRIOR_WIDTH : (parzen.widths[at] ?? PRIOR_WIDTH);
    const drawn = drawNumber(centre, width, random);
    if (axis.count === Infinity) return drawn;
    const range = axis.high - axis.low || 1;
    return (axis.positionOf(axis.valueAt(axis.low + drawn * range)) - axis.low) / range;
  });
}

/** Adds a dimension's part to each kernel's exponent. */
function addChoice(exponents: Float64Array, parzen: Parzen, [at, here]: readonly [number, number]) {
  const { count, leak, centres } = parzen;
  const column = centres[at] ?? exponents;
  const [same, other] = [Math.log(1 + leak), Math.log(leak)];
  for (let kernel = 0; kernel <= count; kernel += 1) {
    exponents[kernel] = (exponents[kernel] ?? 0) + (column[kernel] === here ? same : other);
  }
}

function addNumber(exponents: Float64Array, parzen: Parzen, [at, here]: readonly [number, number]) {
  const { count, widths, centres } = parzen;
  const column = centres[at] ?? exponents;
  const precision = -0.5 / (widths[at] ?? PRIOR_WIDTH) ** 2;
  for (let kernel = 0; kernel < count; kernel += 1) {
    const distance = here - (column[kernel] ?? 0);
    exponents[kernel] = (exponents[kernel] ?? 0) + precision * distance * distance;
  }
  exponents[count] = (exponents[count] ?? 0) - 0.5 * ((here - 0.5) / PRIOR_WIDTH) ** 2;
}

/** Log densities of points; the inner loop of the sampler. */
export function logDensities(parzen: Parzen, points: readonly Float64Array[]): number[] {
  const exponents = new Float64Array(parzen.count + 1);
  return points.map((point) => {
    exponents.set(parzen.scales);
    for (const [at, { axis }] of parzen.dimensions.entries()) {
      const add = axis.kind === "choice" ? addChoice : addNumber;
      add(exponents, parzen, [at, point[at] ?? 0]);
    }
    let sum = 0;
    for (const exponent of exponents) sum += Math.exp(exponent);
    return Math.log(sum);
  });
}
