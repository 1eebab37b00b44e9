import type { ParameterValues } from "@tessera/contracts/search-space";
import { createRandom, type Random } from "../chance/random.ts";
import { type Branch, chooseValues } from "../space/branches.ts";
import type { Study } from "../study/study.ts";
import { defineSampler } from "./sampler.ts";

function anywhere({ dimensions }: Branch, random: Random): number[] {
  return dimensions.map(({ axis }) => axis.low + random.uniform() * (axis.high - axis.low));
}

/** Each value by chance, evenly over its range. */
export function drawAtRandom({ space, seed }: Study, number: number): ParameterValues {
  const random = createRandom(seed, number);
  return chooseValues(space, (branch) => anywhere(branch, random));
}

/** Random search (Bergstra and Bengio, JMLR 2012). */
export const randomSampler = defineSampler({
  name: "random",
  capabilities: { objectives: Infinity, learns: false },
  options: {},
  ask: drawAtRandom,
});
