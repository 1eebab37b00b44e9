import { createRandom, type Random } from "../chance/random.ts";
import { type Branch, chooseValues } from "../space/branches.ts";
import type { OptionsOf } from "../study/options.ts";
import type { PastTrial, Study } from "../study/study.ts";
import { drawAtRandom } from "./random-sampler.ts";
import { defineSampler } from "./sampler.ts";
import { createParzen, drawFrom, logDensities } from "./tpe/parzen.ts";
import { splitTrials } from "./tpe/split-trials.ts";

const rules = {
  /** Trials that must have ended before it begins to learn; until then it draws at random. */
  startupTrials: { default: 10, low: 1, high: 10_000, integer: true },
  /** Share of the trials that count as good. */
  gamma: { default: 0.1, low: 0.01, high: 0.5 },
  candidates: { default: 24, low: 1, high: 1000, integer: true },
  /** Trials that the even distribution weighs as much as. */
  priorWeight: { default: 1, low: 0.01, high: 100 },
} as const;

interface Choosing {
  readonly study: Study;
  readonly options: OptionsOf<typeof rules>;
  readonly random: Random;
}

/** Only what is known of this branch counts: where it did not apply, it says nothing of it. */
function trialsOf({ dimensions }: Branch, { trials }: Study): PastTrial[] {
  return trials.filter(
    ({ state, values }) =>
      state !== "failed" && dimensions.every(({ name }) => values[name] !== undefined),
  );
}

function chooseIn(branch: Branch, { study, options, random }: Choosing): number[] {
  const { gamma, candidates, priorWeight } = options;
  const { dimensions } = branch;
  const split = splitTrials(study, trialsOf(branch, study), gamma);
  const good = createParzen(dimensions, split.good, priorWeight);
  const rest = createParzen(dimensions, split.rest, priorWeight);
  const points = Array.from({ length: candidates }, () => drawFrom(good, random));
  const inRest = logDensities(rest, points);
  const gains = logDensities(good, points).map((density, at) => density - (inRest[at] ?? 0));
  const best = points[gains.indexOf(Math.max(...gains))];
  return dimensions.map(({ axis }, at) => {
    const place = best?.[at] ?? 0;
    return axis.kind === "choice" ? place : axis.low + place * (axis.high - axis.low);
  });
}

/**
 * Tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011 and ICML 2013), its kernels over
 * all parameters of a branch at once (Falkner et al., "BOHB", ICML 2018).
 */
export const tpeSampler = defineSampler({
  name: "tpe",
  capabilities: { objectives: 1, learns: true },
  options: rules,
  ask: (study, number, options) => {
    const ended = study.trials.filter(({ state }) => state === "complete" || state === "pruned");
    if (ended.length < options.startupTrials) return drawAtRandom(study, number);
    const random = createRandom(study.seed, number);
    return chooseValues(study.space, (branch) => chooseIn(branch, { study, options, random }));
  },
});
