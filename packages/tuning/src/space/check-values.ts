import type { ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import { TuningError, type TuningFault } from "../tuning-error.ts";
import { applies, branchesOf } from "./branches.ts";

/** Refuses values that are not a point of the space. @throws TuningError */
export function checkValues(space: SearchSpace, values: ParameterValues): void {
  const faults: TuningFault[] = [];
  const wanted = new Set<string>();
  for (const { when, dimensions } of branchesOf(space)) {
    if (!applies(when, values)) continue;
    for (const { name, axis } of dimensions) {
      wanted.add(name);
      const value = values[name];
      const path = `values.${name}`;
      if (value === undefined) faults.push({ path, message: "is missing" });
      else if (Number.isNaN(axis.positionOf(value))) {
        faults.push({ path, message: `is ${String(value)}, which the space does not have` });
      }
    }
  }
  for (const name of Object.keys(values)) {
    if (wanted.has(name)) continue;
    const message = Object.hasOwn(space, name) ? "does not apply here" : "is not in the space";
    faults.push({ path: `values.${name}`, message });
  }
  if (faults.length > 0) throw new TuningError(faults);
}
