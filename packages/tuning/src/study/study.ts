import type { Direction, ParameterValues, SearchSpace } from "@tessera/contracts/search-space";

/** A metric's value as a trial reported it. */
export interface Report {
  readonly step: number;
  readonly value: number;
}

export type PastTrialState = "running" | "complete" | "pruned" | "failed";

/** A trial as samplers and pruners see it. Numbers count from 0 in the order of asking. */
export interface PastTrial {
  readonly number: number;
  readonly state: PastTrialState;
  readonly values: ParameterValues;
  /** One for each of the study's directions; null without a result. */
  readonly objectives: readonly number[] | null;
  /** Of the first objective, by step; each step once. */
  readonly reports: readonly Report[];
}

/** All that an answer depends on: nothing else is remembered from one call to the next. */
export interface Study {
  readonly space: SearchSpace;
  readonly seed: number;
  /** One for each objective. */
  readonly directions: readonly Direction[];
  readonly trials: readonly PastTrial[];
}

/** A value as a loss: smaller is better, and no number is worst. */
export function lossOf(value: number, direction: Direction): number {
  if (Number.isNaN(value)) return Infinity;
  return direction === "minimize" ? value : -value;
}
