import type { Parameter, SearchSpace } from "@tessera/contracts/search-space";
import { describe, expect, test } from "vitest";
import { TuningError } from "../tuning-error.ts";
import { checkSpace } from "./check-space.ts";
import { checkValues } from "./check-values.ts";

function faultsOf(work: () => void): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof TuningError)) throw error;
    return error.faults.map(({ path, message }) => `${path} ${message}`);
  }
}

const parent: Parameter = { type: "categorical", choices: ["sgd", "adam"] };

describe("a space that contradicts itself is refused in words", () => {
  const cases: [string, SearchSpace, string][] = [
    ["bounds", { lr: { type: "float", low: 2, high: 1 } }, "lr.high is 1, below low, which is 2"],
    [
      "logarithm of nothing",
      { lr: { type: "float", low: 0, high: 1, log: true } },
      "lr.low is 0; a logarithmic range must begin above 0",
    ],
    ["halves", { n: { type: "int", low: 0.5, high: 3 } }, "n.low is 0.5; must be an integer"],
    [
      "steps and ratios",
      { lr: { type: "float", low: 1, high: 2, log: true, step: 0.1 } },
      "lr.step cannot go with log: equal steps are not equal ratios",
    ],
    [
      "a step too long",
      { n: { type: "int", low: 0, high: 3, step: 7 } },
      "n.step is 7, more than the whole range of 3",
    ],
    ["a choice twice", { o: { type: "categorical", choices: [1, 2, 1] } }, "o.choices has 1 twice"],
    ["nothing", {}, "space must have one parameter at least"],
    [
      "a parent that is not there",
      { m: { type: "float", low: 0, high: 1, when: { parameter: "optimizer", in: ["sgd"] } } },
      "m.when depends on optimizer, which is not in the space",
    ],
    [
      "a value that the parent never has",
      {
        o: parent,
        m: { type: "float", low: 0, high: 1, when: { parameter: "o", in: ["sgd", "lion"] } },
      },
      "m.when depends on o being lion, which it never is",
    ],
    [
      "a circle",
      {
        a: { type: "int", low: 0, high: 1, when: { parameter: "b", in: [1] } },
        b: { type: "int", low: 0, high: 1, when: { parameter: "a", in: [1] } },
      },
      "a.when depends on itself, in a circle",
    ],
  ];
  test.each(cases)("%s", (_name, space, words) => {
    expect(faultsOf(() => checkSpace(space))).toContain(words);
  });
});

test("values that are no point of the space are refused, each by its name", () => {
  const space: SearchSpace = {
    o: parent,
    m: { type: "float", low: 0, high: 1, when: { parameter: "o", in: ["sgd"] } },
    n: { type: "int", low: 1, high: 3 },
  };
  checkSpace(space);
  expect(faultsOf(() => checkValues(space, { o: "sgd", m: 0.5, n: 2 }))).toEqual([]);
  expect(faultsOf(() => checkValues(space, { o: "adam", n: 2 }))).toEqual([]);
  expect(faultsOf(() => checkValues(space, { o: "adam", m: 0.5, n: 9, z: 1 }))).toEqual([
    "values.n is 9, which the space does not have",
    "values.m does not apply here",
    "values.z is not in the space",
  ]);
  expect(faultsOf(() => checkValues(space, { o: "sgd", n: 2 }))).toEqual(["values.m is missing"]);
  expect(faultsOf(() => checkValues(space, { o: "adam", n: 2.5 }))).toEqual([
    "values.n is 2.5, which the space does not have",
  ]);
});
