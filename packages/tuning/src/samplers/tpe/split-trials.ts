import { lossOf, type PastTrial, type Study } from "../../study/study.ts";

/** Trials in the order of asking: the good ones, and all others. */
export interface Split {
  readonly good: readonly PastTrial[];
  readonly rest: readonly PastTrial[];
}

/** Never more than so many good ones, as in Bergstra et al. */
const MOST_GOOD = 25;
/** More of the rest than this say nothing more; they are thinned evenly. */
const MOST_REST = 1500;

/** Finished trials come before pruned ones, and of these the ones that came further. */
function rankOf(trial: PastTrial, { directions }: Study): readonly number[] {
  const direction = directions[0] ?? "minimize";
  const last = trial.reports.at(-1);
  if (trial.state === "complete") return [0, 0, lossOf(trial.objectives?.[0] ?? NaN, direction)];
  return [1, -(last?.step ?? -Infinity), lossOf(last?.value ?? NaN, direction)];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function thin(trials: readonly PastTrial[]): readonly PastTrial[] {
  if (trials.length <= MOST_REST) return trials;
  const ratio = trials.length / MOST_REST;
  return Array.from({ length: MOST_REST }, (_, at) => trials[Math.floor(at * ratio)]).filter(
    (trial) => trial !== undefined,
  );
}

const byNumber = (a: PastTrial, b: PastTrial): number => a.number - b.number;

/**
 * Splits at the share `gamma`. Running trials count among the rest (a constant liar; Ginsbourger
 * et al. 2010), so that trials at the same time do not all go to the same place.
 */
export function splitTrials(study: Study, trials: readonly PastTrial[], gamma: number): Split {
  const over = trials.filter(({ state }) => state === "complete" || state === "pruned");
  const ranked = over
    .map((trial) => ({ trial, rank: rankOf(trial, study) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || byNumber(a.trial, b.trial))
    .map(({ trial }) => trial);
  const count = Math.min(Math.ceil(gamma * ranked.length), MOST_GOOD);
  const running = trials.filter(({ state }) => state === "running");
  return {
    good: ranked.slice(0, count).sort(byNumber),
    rest: thin([...ranked.slice(count), ...running].sort(byNumber)),
  };
}
