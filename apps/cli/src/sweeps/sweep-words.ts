import type { ParameterValues } from "@tessera/contracts/search-space";
import type { Sweep, SweepState, Trial, TrialState } from "@tessera/contracts/sweep";
import pc from "picocolors";

const colours: Record<SweepState | TrialState, (text: string) => string> = {
  running: pc.cyan,
  paused: pc.yellow,
  complete: pc.green,
  finished: pc.green,
  pruned: pc.dim,
  failed: pc.red,
  cancelled: pc.dim,
};

export function coloured(state: SweepState | TrialState): string {
  return colours[state](state);
}

function short(value: ParameterValues[string]): string {
  return typeof value === "number" ? String(Number(value.toPrecision(5))) : String(value);
}

/** "lr=0.0012 layers=3". */
export function valuesInWords(values: ParameterValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${short(value)}`)
    .join(" ");
}

export function objectiveInWords({ objective }: Trial): string {
  return objective === null ? "" : short(objective);
}

/** "12 of 50 trials, 2 running, best 0.031 (trial 7)". */
export function progressInWords(sweep: Sweep): string {
  const { running, ...ended } = sweep.trials;
  const over = Object.values(ended).reduce((sum, count) => sum + count, 0);
  const { best } = sweep;
  return [
    `${over} of ${sweep.maxTrials} trials`,
    ...(running === 0 ? [] : [`${running} running`]),
    ...(ended.pruned === 0 ? [] : [`${ended.pruned} pruned`]),
    ...(ended.failed === 0 ? [] : [`${ended.failed} failed`]),
    ...(best === null ? [] : [`best ${objectiveInWords(best)} (trial ${best.number})`]),
  ].join(", ");
}
