import type { PoolClient } from "@tessera/db/transaction";
import { latestFor } from "@tessera/metrics/latest";
import { isTerminal } from "../jobs/workload-state.ts";
import type { Context } from "../platform/platform.ts";
import { endTrials, type TrialEnd } from "./end-trials.ts";
import type { LockedSweep } from "./lock-sweep.ts";
import type { TrialRow } from "./trial-rows.ts";

function endOfFinished(number: number, metric: string, value: number | undefined): TrialEnd {
  if (value === undefined) {
    return { number, state: "failed", reason: `its command never logged the metric "${metric}"` };
  }
  if (!Number.isFinite(value)) {
    return { number, state: "failed", reason: `its last ${metric} is no finite number` };
  }
  return { number, state: "complete", objective: value, reason: null };
}

function endOf(trial: TrialRow, metric: string, value: number | undefined): TrialEnd {
  const { number, workloadState, workloadReason, pruning } = trial;
  if (workloadState === "finished") return endOfFinished(number, metric, value);
  if (workloadState === "cancelled") {
    return pruning === null
      ? { number, state: "cancelled", reason: workloadReason }
      : { number, state: "pruned", reason: pruning };
  }
  return { number, state: "failed", reason: workloadReason ?? "its job is gone" };
}

/** Records the end of running trials whose jobs have ended; answers how many. */
export async function settleTrials(
  ctx: Context,
  client: PoolClient,
  { sweep, trials }: { readonly sweep: LockedSweep; readonly trials: readonly TrialRow[] },
): Promise<number> {
  if (sweep.plan === null) return 0;
  const over = trials.filter(
    ({ state, workloadState }) =>
      state === "running" && (workloadState === null || isTerminal(workloadState)),
  );
  const runIds = over.flatMap(({ workloadId }) => workloadId ?? []);
  const metrics = await latestFor(client, runIds);
  const ends = over.map((trial) => {
    const latest = metrics.get(trial.workloadId ?? "")?.find(({ key }) => key === sweep.metric);
    return endOf(trial, sweep.metric, latest?.value);
  });
  await endTrials(ctx, client, { sweepId: sweep.id, ends });
  return ends.length;
}
