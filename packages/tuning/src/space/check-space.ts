import type { Condition, Parameter, SearchSpace } from "@tessera/contracts/search-space";
import { TuningError, type TuningFault } from "../tuning-error.ts";

type Range = Exclude<Parameter, { type: "categorical" }>;

function boundFaults(name: string, range: Range): TuningFault[] {
  const at = (field: string, message: string) => ({ path: `${name}.${field}`, message });
  const { low, high, log, step } = range;
  if (!(low <= high)) return [at("high", `is ${high}, below low, which is ${low}`)];
  const faults: TuningFault[] = [];
  if (log === true && low <= 0) {
    faults.push(at("low", `is ${low}; a logarithmic range must begin above 0`));
  }
  if (step !== undefined && !(step > 0)) faults.push(at("step", `is ${step}; must be above 0`));
  if (step !== undefined && step > high - low && high > low) {
    faults.push(at("step", `is ${step}, more than the whole range of ${high - low}`));
  }
  if (!Number.isFinite(high - low)) faults.push(at("high", "makes the range too large"));
  return faults;
}

function rangeFaults(name: string, range: Range): TuningFault[] {
  const faults = boundFaults(name, range);
  if (range.type === "float") {
    if (range.log === true && range.step !== undefined) {
      const message = "cannot go with log: equal steps are not equal ratios";
      faults.push({ path: `${name}.step`, message });
    }
    return faults;
  }
  for (const field of ["low", "high", "step"] as const) {
    const value = range[field];
    if (value !== undefined && !Number.isSafeInteger(value)) {
      faults.push({ path: `${name}.${field}`, message: `is ${value}; must be an integer` });
    }
  }
  return faults;
}

function ownFaults(name: string, parameter: Parameter): TuningFault[] {
  if (parameter.type !== "categorical") return rangeFaults(name, parameter);
  const { choices } = parameter;
  if (choices.length === 0) return [{ path: `${name}.choices`, message: "must have one at least" }];
  const twice = choices.find((choice, at) => choices.indexOf(choice) !== at);
  if (twice === undefined) return [];
  return [{ path: `${name}.choices`, message: `has ${String(twice)} twice` }];
}

function canBe(parameter: Parameter, value: Condition["in"][number]): boolean {
  if (parameter.type === "categorical") return parameter.choices.includes(value);
  if (typeof value !== "number") return false;
  return parameter.type === "int"
    ? Number.isInteger(value) && value >= parameter.low && value <= parameter.high
    : false;
}

function conditionFaults(space: SearchSpace, name: string, when: Condition): TuningFault[] {
  const path = `${name}.when`;
  const parent = Object.hasOwn(space, when.parameter) ? space[when.parameter] : undefined;
  if (!parent)
    return [{ path, message: `depends on ${when.parameter}, which is not in the space` }];
  if (parent.type === "float") {
    return [{ path, message: `depends on ${when.parameter}, a float; it must be int or choices` }];
  }
  const never = when.in.filter((value) => !canBe(parent, value));
  if (never.length === 0) return [];
  const words = never.map(String).join(", ");
  return [{ path, message: `depends on ${when.parameter} being ${words}, which it never is` }];
}

function isInCircle(space: SearchSpace, name: string): boolean {
  const seen = new Set<string>();
  let at: string | undefined = name;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    at = space[at]?.when?.parameter;
    if (at === name) return true;
  }
  return false;
}

/** Refuses a space that contradicts itself, with every fault. @throws TuningError */
export function checkSpace(space: SearchSpace): void {
  const names = Object.keys(space);
  const faults = names.flatMap((name): TuningFault[] => {
    const parameter = space[name];
    if (!parameter) return [];
    const own = ownFaults(name, parameter);
    if (!parameter.when) return own;
    if (isInCircle(space, name)) {
      return [...own, { path: `${name}.when`, message: "depends on itself, in a circle" }];
    }
    return [...own, ...conditionFaults(space, name, parameter.when)];
  });
  if (names.length === 0)
    faults.push({ path: "space", message: "must have one parameter at least" });
  if (faults.length > 0) throw new TuningError(faults);
}
