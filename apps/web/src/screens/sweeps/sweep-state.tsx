import type { Sweep, SweepState, Trial, TrialState } from "@tessera/contracts/sweep";
import { Badge, type Tone } from "../../parts/badge.tsx";

const tones: Record<SweepState | TrialState, Tone> = {
  running: "accent",
  paused: "warn",
  finished: "good",
  complete: "good",
  pruned: "neutral",
  failed: "bad",
  cancelled: "neutral",
};

export function SweepStateBadge({ state }: { state: SweepState }) {
  return <Badge tone={tones[state]}>{state}</Badge>;
}

/** A trial whose job is in the queue waits, though its sweep counts it as running. */
export function TrialStateBadge({ trial }: { trial: Trial }) {
  const waits = trial.state === "running" && trial.jobState === "queued";
  return (
    <Badge tone={waits ? "neutral" : tones[trial.state]}>{waits ? "waits" : trial.state}</Badge>
  );
}

/** Trials of a sweep that are over. */
export function endedCount({ trials }: Sweep): number {
  return Object.values(trials).reduce((sum, count) => sum + count, 0) - trials.running;
}

export function isLive({ state, trials }: Sweep): boolean {
  return state === "running" || state === "paused" || trials.running > 0;
}
