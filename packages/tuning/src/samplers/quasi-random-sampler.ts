import { createRandom } from "../chance/random.ts";
import { chooseValues } from "../space/branches.ts";
import { defineSampler } from "./sampler.ts";

/** The first `count` prime numbers. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** A shuffled 0 … base − 1 for each digit, so that large bases do not march in step. */
function shuffledDigits(base: number, seed: readonly number[]): number[] {
  const random = createRandom(...seed);
  const digits = Array.from({ length: base }, (_, digit) => digit);
  for (let at = base - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [digits[at], digits[other]] = [digits[other] ?? 0, digits[at] ?? 0];
  }
  return digits;
}

function radicalInverse(index: number, base: number, seed: number): number {
  let [rest, scale, sum] = [index, 1, 0];
  for (let place = 0; scale > 1e-15; place += 1) {
    scale /= base;
    const digits = shuffledDigits(base, [seed, base, place]);
    sum += (digits[rest % base] ?? 0) * scale;
    rest = Math.floor(rest / base);
  }
  return Math.min(sum, 1 - 2 ** -53);
}

/** Scrambled Halton points (Owen, "A randomized Halton algorithm in R", 2017): even, without gaps. */
export const quasiRandomSampler = defineSampler({
  name: "quasi-random",
  capabilities: { objectives: Infinity, learns: false },
  options: {},
  ask: ({ space, seed }, number) => {
    const names = Object.keys(space);
    const bases = primes(names.length);
    return chooseValues(space, ({ dimensions }) =>
      dimensions.map(({ name, axis }) => {
        const share = radicalInverse(number, bases[names.indexOf(name)] ?? 2, seed);
        return axis.low + share * (axis.high - axis.low);
      }),
    );
  },
});
