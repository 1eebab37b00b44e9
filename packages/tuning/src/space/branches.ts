import type { Condition, ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import { type Axis, axisOf } from "./axis.ts";

/** A parameter, ready for sampling. */
export interface Dimension {
  readonly name: string;
  readonly axis: Axis;
}

/** Parameters that apply together: those without a condition, or those with the same one. */
export interface Branch {
  readonly when: Condition | null;
  readonly dimensions: readonly Dimension[];
}

function depthOf(space: SearchSpace, name: string): number {
  const parent = space[name]?.when?.parameter;
  return parent === undefined ? 0 : 1 + depthOf(space, parent);
}

/** The space's branches, each after the one that it depends on. Takes a space that was checked. */
export function branchesOf(space: SearchSpace): Branch[] {
  const branches = new Map<
    string,
    { depth: number; when: Condition | null; dimensions: Dimension[] }
  >();
  for (const [name, parameter] of Object.entries(space)) {
    const when = parameter.when ?? null;
    const key = JSON.stringify(when);
    const known = branches.get(key) ?? { depth: depthOf(space, name), when, dimensions: [] };
    known.dimensions.push({ name, axis: axisOf(parameter) });
    branches.set(key, known);
  }
  return [...branches.values()].sort((a, b) => a.depth - b.depth);
}

/** Whether a branch applies, given the values of those before it. */
export function applies(when: Condition | null, values: ParameterValues): boolean {
  if (when === null) return true;
  const value = values[when.parameter];
  return value !== undefined && when.in.includes(value);
}

/** Goes through the branches that apply and collects what `choose` says for each parameter. */
export function chooseValues(
  space: SearchSpace,
  choose: (branch: Branch) => readonly number[],
): ParameterValues {
  const values: ParameterValues = {};
  for (const branch of branchesOf(space)) {
    if (!applies(branch.when, values)) continue;
    const positions = choose(branch);
    for (const [at, { name, axis }] of branch.dimensions.entries()) {
      values[name] = axis.valueAt(positions[at] ?? axis.low);
    }
  }
  return values;
}
