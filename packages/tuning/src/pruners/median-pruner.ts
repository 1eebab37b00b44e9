import { lossOf } from "../study/study.ts";
import { definePruner, type Sighting } from "./pruner.ts";

function medianOf(losses: readonly number[]): number {
  const sorted = losses.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

/** Whether this report is the first one in its stretch of `interval` steps. */
function isFirstOfStretch(
  { reports }: Sighting,
  { warmupSteps, interval }: { readonly warmupSteps: number; readonly interval: number },
): boolean {
  const step = reports.at(-1)?.step ?? 0;
  const begin = warmupSteps + Math.floor((step - warmupSteps) / interval) * interval;
  const before = reports.at(-2)?.step ?? -Infinity;
  return before < begin;
}

/**
 * The median rule (Golovin et al., "Google Vizier", KDD 2017), as Optuna applies it: a trial ends
 * when the best that it has reported is worse than the median of what complete trials reported at
 * the same step.
 */
export const medianPruner = definePruner({
  name: "median",
  options: {
    /** Complete trials that must be there before any is pruned. */
    startupTrials: { default: 5, low: 0, high: 10_000, integer: true },
    /** No trial is pruned before it reports this step. */
    warmupSteps: { default: 0, low: 0, high: 1e9, integer: true },
    /** Steps between judgements. */
    interval: { default: 1, low: 1, high: 1e9, integer: true },
    /** Complete trials that must have reported the step. */
    minTrials: { default: 1, low: 1, high: 10_000, integer: true },
  },
  judge: (sighting, options) => {
    const { direction, reports, others } = sighting;
    const { step } = reports.at(-1) ?? { step: 0 };
    const complete = others.filter(({ state }) => state === "complete");
    if (complete.length < options.startupTrials || step < options.warmupSteps) return null;
    if (!isFirstOfStretch(sighting, options)) return null;
    const there = complete.flatMap(({ reports: theirs }) =>
      theirs.filter((report) => report.step === step && !Number.isNaN(report.value)),
    );
    if (there.length < options.minTrials) return null;
    const middle = medianOf(there.map(({ value }) => lossOf(value, direction)));
    const best = Math.min(...reports.map(({ value }) => lossOf(value, direction)));
    if (!(best > middle)) return null;
    const median = direction === "minimize" ? middle : -middle;
    return `worse than the median of ${there.length} complete trials, ${median.toPrecision(6)}`;
  },
});
