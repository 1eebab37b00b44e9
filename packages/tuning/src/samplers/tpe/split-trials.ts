import type { Direction } from "@tessera/contracts/search-space";
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

function isOver({ state }: PastTrial): boolean {
  return state === "complete" || state === "pruned";
}

/** A complete trial's result, or the last thing that a pruned one reported. */
function lossOfTrial(trial: PastTrial, direction: Direction): number {
  const result = trial.state === "complete" ? trial.objectives?.[0] : trial.reports.at(-1)?.value;
  return lossOf(result ?? NaN, direction);
}

/** Finished trials come before pruned ones, and of these the ones that came further. */
function isBetter(a: PastTrial, b: PastTrial, direction: Direction): boolean {
  if (a.state !== b.state) return a.state === "complete";
  if (a.state === "pruned") {
    const [far, near] = [a, b].map(({ reports }) => reports.at(-1)?.step ?? -1);
    if (far !== near) return Number(far) > Number(near);
  }
  return lossOfTrial(a, direction) < lossOfTrial(b, direction);
}

/** The best few, the best first; of equals the ones that were asked for first. */
function bestOf(trials: readonly PastTrial[], count: number, study: Study): PastTrial[] {
  const direction = study.directions[0] ?? "minimize";
  const best: PastTrial[] = [];
  for (const trial of trials) {
    if (!isOver(trial)) continue;
    let at = best.length;
    for (let before = best[at - 1]; before && isBetter(trial, before, direction); at -= 1) {
      before = best[at - 2];
    }
    if (at >= count) continue;
    best.splice(at, 0, trial);
    if (best.length > count) best.pop();
  }
  return best;
}

function thin(trials: readonly PastTrial[]): readonly PastTrial[] {
  if (trials.length <= MOST_REST) return trials;
  const ratio = trials.length / MOST_REST;
  return Array.from({ length: MOST_REST }, (_, at) => trials[Math.floor(at * ratio)]).filter(
    (trial) => trial !== undefined,
  );
}

/**
 * Splits trials, which are in the order of asking, at the share `gamma`. Running ones count among
 * the rest (a constant liar; Ginsbourger et al. 2010), so that trials at the same time do not all
 * go to the same place.
 */
export function splitTrials(study: Study, trials: readonly PastTrial[], gamma: number): Split {
  let over = 0;
  for (const trial of trials) if (isOver(trial)) over += 1;
  const count = Math.min(Math.ceil(gamma * over), MOST_GOOD);
  const best = new Set(bestOf(trials, count, study));
  const rest = trials.filter((trial) => !best.has(trial));
  return { good: trials.filter((trial) => best.has(trial)), rest: thin(rest) };
}
