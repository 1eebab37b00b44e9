import { expect, test } from "vitest";
import type { PastTrial, PastTrialState } from "../../study/study.ts";
import { splitTrials } from "./split-trials.ts";

function trial(
  number: number,
  state: PastTrialState,
  result: number | [number, number],
): PastTrial {
  const [loss, step] = typeof result === "number" ? [result, 0] : result;
  const objectives = state === "complete" ? [loss] : null;
  return { number, state, values: {}, objectives, reports: [{ step, value: loss }] };
}

function goodOf(trials: readonly PastTrial[], gamma: number, direction: "minimize" | "maximize") {
  const study = { space: {}, seed: 0, directions: [direction], trials };
  const { good, rest } = splitTrials(study, trials, gamma);
  expect(good.length + rest.length).toBe(trials.length);
  return good.map(({ number }) => number);
}

const mixed = [
  trial(0, "complete", 3),
  trial(1, "pruned", [1, 9]),
  trial(2, "running", 0),
  trial(3, "complete", 2),
  trial(4, "pruned", [0, 2]),
  trial(5, "pruned", [0.5, 9]),
  trial(6, "complete", NaN),
];

test("complete trials are better than pruned ones, and of those the ones that came further", () => {
  expect(goodOf(mixed, 1 / 6, "minimize")).toEqual([3]);
  expect(goodOf(mixed, 1 / 6, "maximize")).toEqual([0]);
  expect(goodOf(mixed, 2 / 6, "minimize")).toEqual([0, 3]);
  expect(goodOf(mixed, 4 / 6, "minimize")).toEqual([0, 3, 5, 6]);
  expect(goodOf(mixed, 5 / 6, "minimize")).toEqual([0, 1, 3, 5, 6]);
});

test("the good are few, however many trials there are, and the rest is thinned", () => {
  const many = Array.from({ length: 5000 }, (_, at) => trial(at, "complete", (at * 7919) % 5000));
  const study = { space: {}, seed: 0, directions: ["minimize" as const], trials: many };
  const { good, rest } = splitTrials(study, many, 0.1);
  const losses = good.map(({ objectives }) => objectives?.[0] ?? NaN);
  expect(losses.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at));
  expect(rest).toHaveLength(1500);
});
