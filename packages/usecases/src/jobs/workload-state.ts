import { terminalStates, WorkloadState } from "@tessera/contracts/job";

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

/** States of an attempt that is not over; the node that it was given to has it. */
export const liveStates = ["starting", "running"] as const satisfies readonly WorkloadState[];

export function isTerminal(state: WorkloadState): boolean {
  return terminalStates.includes(state);
}

/** States from which a workload may come to `to`; every change of state asks for one of them. */
export function statesBefore(to: WorkloadState): WorkloadState[] {
  return WorkloadState.options.filter((from) => transitions[from].includes(to));
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
