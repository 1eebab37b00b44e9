import type { Parameter, ParameterValue } from "@tessera/contracts/search-space";

/**
 * A parameter as a stretch of real numbers: the value itself, its logarithm, or the number of its
 * choice. Whole values sit in the middle of cells, so that the ends are as likely as the rest.
 */
export interface Axis {
  readonly kind: "number" | "choice";
  readonly low: number;
  readonly high: number;
  /** How many values there are; Infinity for a float without step. */
  readonly count: number;
  valueAt(position: number): ParameterValue;
  /** NaN for a value that the parameter cannot have. */
  positionOf(value: ParameterValue | undefined): number;
  /** The value number `index` of `count`, from the lowest. */
  nth(index: number): ParameterValue;
}

type Range = Exclude<Parameter, { type: "categorical" }>;

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** 0.1 + 2 × 0.1 is 0.3, not 0.30000000000000004. */
const tidy = (value: number): number => Number(value.toPrecision(15));

function choiceAxis(choices: readonly ParameterValue[]): Axis {
  const nth = (index: number): ParameterValue => choices[index] ?? choices[0] ?? "";
  return {
    kind: "choice",
    low: 0,
    high: choices.length,
    count: choices.length,
    valueAt: (position) => nth(clamp(Math.floor(position), 0, choices.length - 1)),
    positionOf: (value) => {
      const index = choices.findIndex((choice) => choice === value);
      return index < 0 ? NaN : index;
    },
    nth,
  };
}

function smoothAxis({ low, high, log = false }: Range): Axis {
  const [inward, outward] = log ? [Math.log, Math.exp] : [Number, Number];
  const valueAt = (position: number): number => clamp(outward(position), low, high);
  return {
    kind: "number",
    low: inward(low),
    high: inward(high),
    count: low === high ? 1 : Infinity,
    valueAt,
    positionOf: (value) =>
      typeof value === "number" && value >= low && value <= high ? inward(value) : NaN,
    nth: () => low,
  };
}

function steppedAxis({ low, high, log = false, step = 1 }: Range): Axis {
  const [inward, outward] = log ? [Math.log, Math.exp] : [Number, Number];
  const last = Math.floor((high - low) / step + 1e-9);
  const whole = Number.isInteger(low) && Number.isInteger(step);
  const nth = (index: number): number => {
    const value = low + clamp(index, 0, last) * step;
    return whole ? value : tidy(value);
  };
  const half = log ? Math.min(step / 2, low / 2) : step / 2;
  return {
    kind: "number",
    low: inward(low - half),
    high: inward(nth(last) + step / 2),
    count: last + 1,
    valueAt: (position) => nth(Math.round((outward(position) - low) / step)),
    positionOf: (value) => {
      const index = typeof value === "number" ? (value - low) / step : NaN;
      const isOne =
        Math.abs(index - Math.round(index)) < 1e-9 && index > -0.5 && index < last + 0.5;
      return isOne ? inward(Number(value)) : NaN;
    },
    nth,
  };
}

export function axisOf(parameter: Parameter): Axis {
  if (parameter.type === "categorical") return choiceAxis(parameter.choices);
  if (parameter.type === "float" && parameter.step === undefined) return smoothAxis(parameter);
  return steppedAxis(parameter);
}
