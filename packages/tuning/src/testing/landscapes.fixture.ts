import type { SearchSpace } from "@tessera/contracts/search-space";
import { createRandom } from "../chance/random.ts";

/** A function to minimise, its lowest value being 0; optima lie off the centre. */
export interface Landscape {
  readonly name: string;
  readonly space: SearchSpace;
  lossAt(point: readonly number[]): number;
}

function cube(dimensions: number, low: number, high: number): SearchSpace {
  return Object.fromEntries(
    Array.from(
      { length: dimensions },
      (_, at) => [`x${at}`, { type: "float", low, high }] as const,
    ),
  );
}

function shiftOf(dimensions: number, seed: number): number[] {
  const random = createRandom(seed, dimensions);
  return Array.from({ length: dimensions }, () => random.uniform() * 6 - 3);
}

function shifted(point: readonly number[], shift: readonly number[]): number[] {
  return point.map((at, index) => at - (shift[index] ?? 0));
}

export function sphere(dimensions: number, seed: number): Landscape {
  const shift = shiftOf(dimensions, seed);
  return {
    name: `sphere-${dimensions}`,
    space: cube(dimensions, -5, 5),
    lossAt: (point) => shifted(point, shift).reduce((sum, at) => sum + at * at, 0),
  };
}

/** Turns pairs of axes one after another: no parameter can be chosen alone. */
export function rotatedEllipsoid(dimensions: number, seed: number): Landscape {
  const shift = shiftOf(dimensions, seed);
  return {
    name: `ellipsoid-${dimensions}`,
    space: cube(dimensions, -5, 5),
    lossAt: (point) => {
      const turned = shifted(point, shift);
      for (let at = 0; at + 1 < turned.length; at += 1) {
        const [a = 0, b = 0] = [turned[at], turned[at + 1]];
        turned[at] = 0.8 * a - 0.6 * b;
        turned[at + 1] = 0.6 * a + 0.8 * b;
      }
      const last = Math.max(1, dimensions - 1);
      return turned.reduce((sum, at, index) => sum + 1000 ** (index / last) * at * at, 0);
    },
  };
}

export function rastrigin(dimensions: number, seed: number): Landscape {
  const shift = shiftOf(dimensions, seed);
  return {
    name: `rastrigin-${dimensions}`,
    space: cube(dimensions, -5, 5),
    lossAt: (point) =>
      shifted(point, shift).reduce(
        (sum, at) => sum + at * at + 10 - 10 * Math.cos(2 * Math.PI * at),
        0,
      ),
  };
}

/** Branin's function (1972); three equal optima, none in the middle. */
export const branin: Landscape = {
  name: "branin",
  space: {
    x0: { type: "float", low: -5, high: 10 },
    x1: { type: "float", low: 0, high: 15 },
  },
  lossAt: ([x = 0, y = 0]) => {
    const bend = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6;
    return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.39788735772973816;
  },
};
