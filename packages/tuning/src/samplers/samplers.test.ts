import type { Method, ParameterValues, SearchSpace } from "@tessera/contracts/search-space";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpace } from "../space/check-space.ts";
import { checkValues } from "../space/check-values.ts";
import type { PastTrial, Study } from "../study/study.ts";
import { createSampler, samplerNames } from "./registry.ts";

const parameter = fc.oneof(
  fc
    .record({
      low: fc.double({ min: 1e-6, max: 10, noNaN: true }),
      width: fc.double({ min: 0, max: 1e4, noNaN: true }),
      log: fc.boolean(),
    })
    .map(({ low, width, log }) => ({ type: "float" as const, low, high: low + width, log })),
  fc
    .record({
      low: fc.integer({ min: 1, max: 50 }),
      steps: fc.integer({ min: 0, max: 30 }),
      step: fc.integer({ min: 1, max: 4 }),
      log: fc.boolean(),
    })
    .map(({ low, steps, step, log }) => ({
      type: "int" as const,
      low,
      high: low + steps * step,
      log,
      ...(steps > 0 ? { step } : {}),
    })),
  fc.constant({ type: "float" as const, low: -0.3, high: 0.7, step: 0.1 }),
  fc
    .uniqueArray(fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean()), {
      minLength: 1,
      maxLength: 5,
    })
    .map((choices) => ({ type: "categorical" as const, choices })),
);

/** Roots, and below one of them a chain of two that apply in some places only. */
const space: fc.Arbitrary<SearchSpace> = fc
  .record({
    roots: fc.array(parameter, { minLength: 1, maxLength: 4 }),
    child: parameter,
    grandchild: parameter,
  })
  .map(({ roots, child, grandchild }) => ({
    ...Object.fromEntries(roots.map((root, at) => [`p${at}`, root])),
    // The chain stands before what it depends on.
    last: { ...grandchild, when: { parameter: "middle", in: [2] } },
    first: { ...child, when: { parameter: "switch", in: ["on"] } },
    middle: { type: "int", low: 1, high: 3, when: { parameter: "switch", in: ["on"] } },
    switch: { type: "categorical", choices: ["on", "off"] },
  }));

/** A loss that has to do with the values. */
function lossOf(values: ParameterValues): number {
  return Object.values(values).reduce<number>(
    (sum, value) => sum + (typeof value === "number" ? value : String(value).length),
    0,
  );
}

function trialOf(number: number, values: ParameterValues): PastTrial {
  const states = ["complete", "complete", "pruned", "complete", "running", "failed"] as const;
  const state = states[number % states.length] ?? "complete";
  const loss = number % 7 === 6 ? NaN : lossOf(values);
  const reports = [1, 2].map((step) => ({ step, value: loss / step }));
  return { number, state, values, objectives: state === "complete" ? [loss] : null, reports };
}

/** Asks one after another, with the trials so far. */
function askMany(method: Method, study: Omit<Study, "trials">, count: number): PastTrial[] {
  const sampler = createSampler(method);
  const trials: PastTrial[] = [];
  for (let number = 0; number < count; number += 1) {
    const values = sampler.ask({ ...study, trials }, number);
    if (values === null) break;
    trials.push(trialOf(number, values));
  }
  return trials;
}

describe.each(samplerNames)("the sampler %s", (name) => {
  const directions = ["minimize"] as const;

  test("stays within any space, conditions included", () => {
    fc.assert(
      fc.property(space, fc.integer(), (each, seed) => {
        checkSpace(each);
        for (const { values } of askMany({ name }, { space: each, seed, directions }, 25)) {
          checkValues(each, values);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("answers the same to the same, and leaves what it was given as it was", () => {
    fc.assert(
      fc.property(space, fc.integer(), (each, seed) => {
        const study = { space: each, seed, directions };
        const trials = askMany({ name }, study, 20);
        const before = JSON.stringify(trials);
        const sampler = createSampler({ name });
        const number = trials.length;
        const first = sampler.ask({ ...study, trials }, number);
        const again = createSampler({ name }).ask(
          { ...study, trials: structuredClone(trials) },
          number,
        );
        expect(again).toEqual(first);
        expect(JSON.stringify(trials)).toBe(before);
      }),
      { numRuns: 20 },
    );
  });

  test("takes a name and options that it has, and says which they are", () => {
    expect(() => createSampler({ name, options: { colour: 3 } })).toThrow(
      /colour: is no option of/,
    );
  });
});

test.each(samplerNames.filter((name) => name !== "grid"))(
  "%s with other seeds goes elsewhere",
  (name) => {
    const each: SearchSpace = { x: { type: "float", low: 0, high: 1 } };
    const [a, b] = [1, 2].map((seed) =>
      askMany({ name }, { space: each, seed, directions: ["minimize"] }, 20).map(
        ({ values }) => values.x,
      ),
    );
    expect(a).not.toEqual(b);
    expect(new Set(a).size).toBe(20);
  },
);

test("grid gives every combination once and then no more", () => {
  const each: SearchSpace = {
    optimizer: { type: "categorical", choices: ["sgd", "adam"] },
    momentum: { type: "float", low: 0, high: 1, when: { parameter: "optimizer", in: ["sgd"] } },
    layers: { type: "int", low: 1, high: 3 },
  };
  const study = { space: each, seed: 0, directions: ["minimize"] as const };
  const trials = askMany({ name: "grid", options: { points: 3 } }, study, 100);
  expect(trials).toHaveLength(3 * 3 + 3);
  expect(new Set(trials.map(({ values }) => JSON.stringify(values))).size).toBe(12);
  expect(trials[0]?.values).toEqual({ optimizer: "sgd", layers: 1, momentum: 0 });
});

test("a logarithmic range is even over its ratios, and whole numbers over their range", () => {
  const each: SearchSpace = {
    lr: { type: "float", low: 1e-6, high: 1, log: true },
    n: { type: "int", low: 0, high: 3 },
  };
  for (const name of ["random", "quasi-random"]) {
    const study = { space: each, seed: 5, directions: ["minimize"] as const };
    const trials = askMany({ name }, study, 2000);
    const small = trials.filter(({ values }) => Number(values.lr) < 1e-3);
    expect(small.length / 2000).toBeCloseTo(0.5, 1);
    for (const n of [0, 1, 2, 3]) {
      const share = trials.filter(({ values }) => values.n === n).length / 2000;
      expect(share, name).toBeGreaterThan(0.21);
      expect(share, name).toBeLessThan(0.29);
    }
  }
});

test("a sampler or an option that there is not is refused with those that there are", () => {
  expect(() => createSampler({ name: "magic" })).toThrow(
    'name: is "magic"; there are: grid, random, quasi-random, tpe',
  );
  expect(() => createSampler({ name: "tpe", options: { gamma: 2 } })).toThrow(
    "options.gamma: must be 0.01 to 0.5",
  );
  expect(() => createSampler({ name: "tpe", options: { candidates: 2.5 } })).toThrow("an integer");
});
