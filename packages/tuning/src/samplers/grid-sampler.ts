import type { ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import { applies, type Branch, branchesOf, type Dimension } from "../space/branches.ts";
import { defineSampler } from "./sampler.ts";

function* valuesOf({ axis }: Dimension, points: number) {
  const count = Math.min(axis.count, Number.MAX_SAFE_INTEGER);
  if (axis.count !== Infinity) {
    for (let index = 0; index < count; index += 1) yield axis.nth(index);
    return;
  }
  for (let index = 0; index < points; index += 1) {
    yield axis.valueAt(axis.low + ((axis.high - axis.low) * index) / (points - 1));
  }
}

interface Walk {
  readonly branches: readonly Branch[];
  readonly points: number;
}

/** Every combination, the last parameter fastest; branches that do not apply are left out. */
function* combinations(
  walk: Walk,
  [branchAt, dimensionAt]: readonly [number, number],
  values: ParameterValues,
): Generator<ParameterValues> {
  const branch = walk.branches[branchAt];
  if (!branch) {
    yield values;
    return;
  }
  const dimension = applies(branch.when, values) ? branch.dimensions[dimensionAt] : undefined;
  if (!dimension) {
    yield* combinations(walk, [branchAt + 1, 0], values);
    return;
  }
  for (const value of valuesOf(dimension, walk.points)) {
    const longer = { ...values, [dimension.name]: value };
    yield* combinations(walk, [branchAt, dimensionAt + 1], longer);
  }
}

function keyOf(space: SearchSpace, values: ParameterValues): string {
  return JSON.stringify(Object.keys(space).map((name) => values[name] ?? null));
}

/** Every combination once, in order; floats without a step at `points` even places. */
export const gridSampler = defineSampler({
  name: "grid",
  capabilities: { objectives: Infinity, learns: false },
  options: { points: { default: 5, low: 2, high: 10_000, integer: true } },
  ask: ({ space, trials }, _number, { points }) => {
    const tried = new Set(trials.map(({ values }) => keyOf(space, values)));
    const walk = { branches: branchesOf(space), points };
    for (const values of combinations(walk, [0, 0], {})) {
      if (!tried.has(keyOf(space, values))) return values;
    }
    return null;
  },
});
