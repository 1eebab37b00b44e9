import { SweepState } from "@tessera/contracts/sweep";

/** From each state, the states that may follow. A finished sweep goes on when it is extended. */
const transitions: Record<SweepState, readonly SweepState[]> = {
  running: ["paused", "finished", "failed", "cancelled"],
  paused: ["running", "failed", "cancelled"],
  finished: ["running"],
  failed: [],
  cancelled: [],
};

export function mayBecome(from: SweepState, to: SweepState): boolean {
  return transitions[from].includes(to);
}

/** States in which trials are started, or may be again without a word of anybody's. */
export const openStates = SweepState.options.filter((state) => mayBecome(state, "cancelled"));
