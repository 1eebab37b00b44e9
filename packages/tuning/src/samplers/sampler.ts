import type { ParameterValues } from "@tessera/contracts/search-space";
import type { OptionRules, OptionsOf } from "../study/options.ts";
import type { Study } from "../study/study.ts";

/** What a sampler can do; differences between samplers are said here, not thrown. */
export interface SamplerCapabilities {
  /** Most objectives that it can trade against each other. */
  readonly objectives: number;
  /** Whether it learns from results, so that fewer trials at once make better ones. */
  readonly learns: boolean;
}

/** A way to choose a trial's values. To add one: a file like its neighbours, and its line in the registry. */
export interface SamplerKind<Rules extends OptionRules = OptionRules> {
  readonly name: string;
  readonly capabilities: SamplerCapabilities;
  readonly options: Rules;
  /**
   * The values of trial `number`; null when the space is exhausted. They follow from the
   * arguments alone, so a caller that lost the answer asks again.
   */
  ask(study: Study, number: number, options: OptionsOf<Rules>): ParameterValues | null;
}

/** Checks nothing at run time; ties a sampler's options to its rules. */
export function defineSampler<const Rules extends OptionRules>(
  kind: SamplerKind<Rules>,
): SamplerKind<Rules> {
  return kind;
}
