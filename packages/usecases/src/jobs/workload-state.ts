import { PlatformError } from "@tessera/contracts/errors";
import { terminalStates, type WorkloadState } from "@tessera/contracts/job";

/** From each state, the states that may follow. A retry goes back to "queued". */
const transitions: Record<WorkloadState, readonly WorkloadState[]> = {
  queued: ["starting", "failed", "cancelled"],
  starting: ["running", "queued", "finished", "failed", "cancelled", "lost"],
  running: ["queued", "finished", "failed", "cancelled", "lost"],
  finished: [],
  failed: [],
  cancelled: [],
  lost: [],
};

export const activeStates: readonly WorkloadState[] = ["queued", "starting", "running"];

export function isTerminal(state: WorkloadState): boolean {
  return terminalStates.includes(state);
}

/** Throws when a workload in `from` may not go to `to`. */
export function assertTransition(from: WorkloadState, to: WorkloadState): void {
  if (transitions[from].includes(to)) return;
  throw new PlatformError("failed_precondition", `A workload that is ${from} cannot become ${to}`);
}

/** MLflow's run status for a workload's state. */
export function runStatusOf(state: WorkloadState): string {
  switch (state) {
    case "queued":
    case "starting":
      return "SCHEDULED";
    case "running":
      return "RUNNING";
    case "finished":
      return "FINISHED";
    case "cancelled":
      return "KILLED";
    case "failed":
    case "lost":
      return "FAILED";
    default:
      return state satisfies never;
  }
}
