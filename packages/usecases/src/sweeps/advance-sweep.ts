import type { SweepState } from "@tessera/contracts/sweep";
import type { PoolClient } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import { enqueueMessage } from "../jobs/enqueue-message.ts";
import type { Context } from "../platform/platform.ts";
import type { LockedSweep } from "./lock-sweep.ts";
import { pruneTrials, type ReportsOfRuns } from "./prune-trials.ts";
import { setSweepState } from "./set-sweep-state.ts";
import { settleTrials } from "./settle-trials.ts";
import { startTrials } from "./start-trials.ts";
import { openStates } from "./sweep-state.ts";
import { stopTrials } from "./stop-trials.ts";
import { readTrials, type TrialRow } from "./trial-rows.ts";

/** Trials started in one transaction; a sweep of more at a time gets them in several. */
const MOST_AT_ONCE = 100;

const NOTHING: ReportsOfRuns = new Map();

function runningOf(trials: readonly TrialRow[]): TrialRow[] {
  return trials.filter(({ state }) => state === "running");
}

/** In words, why a sweep must stop: its first trials have all failed. */
function hopelessWords(sweep: LockedSweep, trials: readonly TrialRow[]): string | null {
  const failed = trials.filter(({ state }) => state === "failed");
  const worked = trials.some(({ state }) => state === "complete" || state === "pruned");
  if (worked || failed.length < sweep.failureLimit) return null;
  return failed.length === 1
    ? "its first trial failed"
    : `its first ${failed.length} trials all failed`;
}

async function lastReason(client: PoolClient, sweepId: string): Promise<string> {
  const { rows } = await client.query<{ reason: string | null }>(
    `SELECT reason FROM sweep_trial WHERE sweep_id = $1 AND state = 'failed'
     ORDER BY finished_at DESC, number DESC LIMIT 1`,
    [sweepId],
  );
  const reason = rows[0]?.reason ?? null;
  return reason === null ? "" : `; the last one: ${reason}`;
}

/** Starts what may be started and says what the sweep's state is after it. */
async function goOn(
  ctx: Context,
  client: PoolClient,
  { sweep, trials }: { readonly sweep: LockedSweep; readonly trials: readonly TrialRow[] },
): Promise<{ readonly started: number; readonly state: SweepState }> {
  const running = runningOf(trials).length;
  const left = sweep.maxTrials - trials.length;
  const room = sweep.plan === null ? 0 : Math.min(left, sweep.parallelism - running);
  const count = Math.max(0, Math.min(room, MOST_AT_ONCE));
  const started = await startTrials(ctx, client, { sweep, trials, count });
  const exhausted = left <= 0 || started.length < count;
  if (started.length === MOST_AT_ONCE) {
    await enqueueMessage(client, { job: "sweep.step", payload: { sweepId: sweep.id } });
  }
  const over = exhausted && running + started.length === 0;
  return { started: started.length, state: over ? "finished" : sweep.state };
}

/**
 * Takes a locked sweep one step on, in the caller's transaction: ends of jobs are recorded, trials
 * pruned and started, and the sweep ended when nothing is left to do. What is to be done follows
 * from the rows alone, so a step that was lost is made good by the next one.
 */
export async function advanceSweep(
  ctx: Context,
  client: PoolClient,
  { sweep, reports = NOTHING }: { readonly sweep: LockedSweep; readonly reports?: ReportsOfRuns },
): Promise<void> {
  const before = await readTrials(client, sweep.id);
  const settled = await settleTrials(ctx, client, { sweep, trials: before });
  const trials = settled === 0 ? before : await readTrials(client, sweep.id);
  const changed = await openSteps(ctx, client, { sweep, trials, reports });
  if (!changed && settled === 0) return;
  await publishEvent(client, {
    type: "sweep.changed",
    projectId: sweep.projectId,
    subject: sweep.id,
  });
}

interface Step {
  readonly sweep: LockedSweep;
  readonly trials: readonly TrialRow[];
  readonly reports: ReportsOfRuns;
}

async function openSteps(ctx: Context, client: PoolClient, step: Step): Promise<boolean> {
  const { sweep, trials } = step;
  if (!openStates.includes(sweep.state)) return false;
  const hopeless = hopelessWords(sweep, trials);
  if (hopeless !== null) {
    const reason = `${hopeless}${await lastReason(client, sweep.id)}`;
    await stopTrials(ctx, client, {
      sweepId: sweep.id,
      trials,
      reason: `its sweep stopped: ${hopeless}`,
    });
    await setSweepState(ctx, client, { sweep, to: "failed", reason });
    return true;
  }
  const pruned = await pruneTrials(ctx, client, step);
  if (sweep.state !== "running") return pruned > 0;
  const { started, state } = await goOn(ctx, client, step);
  if (state !== sweep.state) await setSweepState(ctx, client, { sweep, to: state });
  return pruned + started > 0 || state !== sweep.state;
}
