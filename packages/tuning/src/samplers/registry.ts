import type { Method, ParameterValues } from "@tessera/contracts/search-space";
import { type OptionRules, readOptions } from "../study/options.ts";
import type { Study } from "../study/study.ts";
import { TuningError } from "../tuning-error.ts";
import { gridSampler } from "./grid-sampler.ts";
import { quasiRandomSampler } from "./quasi-random-sampler.ts";
import { randomSampler } from "./random-sampler.ts";
import type { SamplerCapabilities, SamplerKind } from "./sampler.ts";
import { tpeSampler } from "./tpe-sampler.ts";

/** A sampler with its options. */
export interface Sampler {
  readonly name: string;
  readonly capabilities: SamplerCapabilities;
  /** The values of trial `number`; null when the space is exhausted. */
  ask(study: Study, number: number): ParameterValues | null;
}

function bind<Rules extends OptionRules>(kind: SamplerKind<Rules>) {
  return (method: Method): Sampler => {
    const options = readOptions(kind.options, method);
    const { name, capabilities } = kind;
    return { name, capabilities, ask: (study, number) => kind.ask(study, number, options) };
  };
}

const samplers: Readonly<Record<string, (method: Method) => Sampler>> = {
  [gridSampler.name]: bind(gridSampler),
  [randomSampler.name]: bind(randomSampler),
  [quasiRandomSampler.name]: bind(quasiRandomSampler),
  [tpeSampler.name]: bind(tpeSampler),
};

export const samplerNames: readonly string[] = Object.keys(samplers);

/** @throws TuningError for a name or an option that there is not */
export function createSampler(method: Method): Sampler {
  const create = Object.hasOwn(samplers, method.name) ? samplers[method.name] : undefined;
  if (create) return create(method);
  const message = `is "${method.name}"; there are: ${samplerNames.join(", ")}`;
  throw new TuningError([{ path: "name", message }]);
}
