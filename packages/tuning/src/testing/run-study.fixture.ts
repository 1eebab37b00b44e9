import type { Method } from "@tessera/contracts/search-space";
import { createSampler } from "../samplers/registry.ts";
import type { PastTrial } from "../study/study.ts";
import type { Landscape } from "./landscapes.fixture.ts";

interface StudyRun {
  readonly landscape: Landscape;
  readonly method: Method;
  readonly seed: number;
  readonly trials: number;
  /** How many trials run at the same time; each ends when the next batch is asked for. */
  readonly atOnce?: number;
}

/** Asks and tells until the budget is spent; answers the lowest loss. */
export function lowestLoss({
  landscape,
  method,
  seed,
  trials: budget,
  atOnce = 1,
}: StudyRun): number {
  const sampler = createSampler(method);
  const { space } = landscape;
  const names = Object.keys(space);
  const trials: PastTrial[] = [];
  for (let number = 0; number < budget; number += 1) {
    const first = number - (number % atOnce);
    const known = trials.map((trial) =>
      trial.number < first ? trial : { ...trial, state: "running" as const, objectives: null },
    );
    const study = { space, seed, directions: ["minimize"] as const, trials: known };
    const values = sampler.ask(study, number) ?? {};
    const loss = landscape.lossAt(names.map((name) => Number(values[name])));
    trials.push({ number, state: "complete", values, objectives: [loss], reports: [] });
  }
  return Math.min(...trials.map(({ objectives }) => objectives?.[0] ?? Infinity));
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
