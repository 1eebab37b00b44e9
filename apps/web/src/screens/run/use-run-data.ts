import { getJob, type Job, terminalStates, type WorkloadState } from "@tessera/contracts/job";
import { getRun, type Run } from "@tessera/contracts/run";
import { useEndpoint } from "../../data/use-endpoint.ts";

/** Milliseconds between reads of a run that goes on. */
const liveMs = 2000;

export function isActive(state: WorkloadState): boolean {
  return !terminalStates.includes(state);
}

export interface RunData {
  readonly run: Run | undefined;
  /** Undefined for a run that was tracked from elsewhere, and until it is known. */
  readonly job: Job | undefined;
  /** Why the run is not there. */
  readonly error: unknown;
  readonly retry: () => void;
  readonly retrying: boolean;
}

/** A run and its job, followed while they go on. */
export function useRunData(project: string, id: string): RunData {
  const input = { params: { project, id } };
  const run = useEndpoint(getRun, input, {
    refetchMs: (answer) => (answer !== undefined && isActive(answer.state) ? liveMs : 0),
  });
  const job = useEndpoint(getJob, input, { enabled: run.data?.hasJob === true });
  return {
    run: run.data,
    job: job.data,
    error:
      (run.data === undefined ? run.error : null) ?? (job.data === undefined ? job.error : null),
    retry() {
      void run.refetch();
      if (job.isError) void job.refetch();
    },
    retrying: run.isFetching || job.isFetching,
  };
}
