import { WorkloadState } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";
import { lockWorkload } from "../jobs/lock-workload.ts";
import { requestStop } from "../jobs/request-stop.ts";
import { isTerminal } from "../jobs/workload-state.ts";
import type { Context } from "../platform/platform.ts";
import { endTrials } from "./end-trials.ts";
import type { TrialRow } from "./trial-rows.ts";

/** Asks for the end of a trial's job, unless it has ended or somebody has asked before. */
export async function stopTrial(
  ctx: Context,
  client: PoolClient,
  { trial, reason }: { readonly trial: TrialRow; readonly reason: string },
): Promise<void> {
  if (trial.workloadId === null) return;
  const row = await lockWorkload(client, trial.workloadId);
  if (!row || row.cancelRequested || isTerminal(WorkloadState.parse(row.state))) return;
  await requestStop(ctx, client, { row, reason });
}

interface StopAll {
  readonly sweepId: string;
  readonly trials: readonly TrialRow[];
  readonly reason: string;
}

/** Ends every trial that runs: a job is stopped, one that somebody else runs ends here. */
export async function stopTrials(ctx: Context, client: PoolClient, stop: StopAll): Promise<void> {
  const { sweepId, trials, reason } = stop;
  const running = trials.filter(({ state }) => state === "running");
  for (const trial of running) await stopTrial(ctx, client, { trial, reason });
  const ends = running
    .filter(({ workloadId }) => workloadId === null)
    .map(({ number }) => ({ number, state: "cancelled" as const, reason }));
  await endTrials(ctx, client, { sweepId, ends });
}
