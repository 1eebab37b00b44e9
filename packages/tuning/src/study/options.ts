import type { Method } from "@tessera/contracts/search-space";
import { TuningError, type TuningFault } from "../tuning-error.ts";

/** What one option may be. */
export type OptionRule =
  | {
      readonly default: number;
      readonly low: number;
      readonly high: number;
      readonly integer?: true;
    }
  | { readonly default: boolean };

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** The options that rules describe, each with a value. */
export type OptionsOf<Rules extends OptionRules> = {
  readonly [Name in keyof Rules]: Rules[Name]["default"] extends boolean ? boolean : number;
};

function faultOf(rule: OptionRule, value: number | boolean): string | undefined {
  if (typeof rule.default === "boolean") {
    return typeof value === "boolean" ? undefined : "must be true or false";
  }
  if (!("low" in rule) || typeof value !== "number") return "must be a number";
  if (rule.integer && !Number.isInteger(value)) return "must be an integer";
  if (!(value >= rule.low && value <= rule.high)) return `must be ${rule.low} to ${rule.high}`;
  return undefined;
}

/** Options given and defaults for the rest. @throws TuningError for any that are unknown or wrong */
export function readOptions<const Rules extends OptionRules>(
  rules: Rules,
  { name, options = {} }: Method,
): OptionsOf<Rules> {
  const faults = Object.entries(options).flatMap(([key, value]): TuningFault[] => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const known = Object.keys(rules).join(", ") || "none";
    const message = rule ? faultOf(rule, value) : `is no option of ${name}, which has: ${known}`;
    return message === undefined ? [] : [{ path: `options.${key}`, message }];
  });
  if (faults.length > 0) throw new TuningError(faults);
  const defaults = Object.entries(rules).map(([key, rule]) => [key, rule.default]);
  return { ...Object.fromEntries(defaults), ...options } as OptionsOf<Rules>;
}
