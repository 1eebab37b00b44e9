import { lossOf, type Report } from "../study/study.ts";
import { definePruner } from "./pruner.ts";

/** The step at which each rung lies. */
function rungStep(rung: number, { minSteps, reduction }: Ladder): number {
  return minSteps * reduction ** rung;
}

interface Ladder {
  readonly minSteps: number;
  readonly reduction: number;
}

/** The highest rung that a step reaches; −1 below the first. */
function rungOf(step: number, ladder: Ladder): number {
  let rung = -1;
  while (rungStep(rung + 1, ladder) <= step) rung += 1;
  return rung;
}

/** What a trial reported when it came to a rung. */
function resultAt(reports: readonly Report[], step: number): Report | undefined {
  return reports.find((report) => report.step >= step);
}

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", MLSys 2020), stopping variant: at each rung a trial goes on when it is among the best
 * 1/reduction of those that came so far, or the best while they are few.
 */
export const ashaPruner = definePruner({
  name: "asha",
  options: {
    /** Step of the first rung. */
    minSteps: { default: 1, low: 1, high: 1e9, integer: true },
    /** One in so many goes on, for so many times as long. */
    reduction: { default: 3, low: 2, high: 100, integer: true },
  },
  judge: ({ direction, reports, others }, ladder) => {
    const now = reports.at(-1);
    if (!now) return null;
    const rung = rungOf(now.step, ladder);
    if (rung < 0 || rungOf(reports.at(-2)?.step ?? -1, ladder) === rung) return null;
    const at = rungStep(rung, ladder);
    const own = lossOf(now.value, direction);
    const theirs = others.flatMap(({ reports: reported }) => {
      const result = resultAt(reported, at);
      return result ? [lossOf(result.value, direction)] : [];
    });
    const room = Math.max(1, Math.floor((theirs.length + 1) / ladder.reduction));
    const better = theirs.filter((loss) => loss < own).length;
    if (better < room) return null;
    return `${better} of ${theirs.length} other trials did better at step ${at}; ${room} went on`;
  },
});
