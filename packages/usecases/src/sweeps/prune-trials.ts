import type { PoolClient } from "@tessera/db/transaction";
import { createPruner } from "@tessera/tuning/pruners/registry";
import type { Context } from "../platform/platform.ts";
import type { LockedSweep } from "./lock-sweep.ts";
import { stopTrial } from "./stop-trials.ts";
import { studyOf, type TrialRow } from "./trial-rows.ts";

/** What each run has reported of the sweep's metric, by the run's id. */
export type ReportsOfRuns = ReadonlyMap<string, readonly (readonly [number, number])[]>;

interface Sight {
  readonly sweep: LockedSweep;
  readonly trials: readonly TrialRow[];
  readonly reports: ReportsOfRuns;
}

async function storeReports(client: PoolClient, sweepId: string, trial: TrialRow): Promise<void> {
  await client.query({
    name: "store-trial-reports",
    text: `UPDATE sweep_trial SET reports = $3, judged_step = $4, pruning = $5
           WHERE sweep_id = $1 AND number = $2`,
    values: [sweepId, trial.number, JSON.stringify(trial.reports), trial.judgedStep, trial.pruning],
  });
}

/** The running trials that reported something new, with it. */
function withNews({ trials, reports }: Sight): TrialRow[] {
  return trials.flatMap((trial) => {
    const now = trial.state === "running" ? reports.get(trial.workloadId ?? "") : undefined;
    if (now === undefined) return [];
    const last = now.at(-1)?.[0] ?? -1;
    return last > (trial.reports.at(-1)?.[0] ?? -Infinity) ? [{ ...trial, reports: now }] : [];
  });
}

interface News {
  readonly sweep: LockedSweep;
  readonly trials: readonly TrialRow[];
  /** Running trials among them, with reports that have not been judged. */
  readonly news: readonly TrialRow[];
}

/** Keeps new reports with what the pruner says of them; answers the trials that it gives up. */
export async function judgeReports(
  client: PoolClient,
  { sweep, trials, news }: News,
): Promise<TrialRow[]> {
  const known = new Map(news.map((trial) => [trial.number, trial]));
  const current = trials.map((trial) => known.get(trial.number) ?? trial);
  const study = studyOf(sweep, current);
  const pruner = sweep.pruner === null ? null : createPruner(sweep.pruner);
  const judged = news.map((trial): TrialRow => {
    const { number, judgedStep, pruning } = trial;
    const look = { direction: sweep.direction, trials: study.trials, number, judgedStep };
    const verdict = pruning === null ? (pruner?.judge(look) ?? null) : null;
    return {
      ...trial,
      judgedStep: trial.reports.at(-1)?.[0] ?? judgedStep,
      pruning: verdict === null ? pruning : `pruned at step ${verdict.step}: ${verdict.reason}`,
    };
  });
  for (const trial of judged) await storeReports(client, sweep.id, trial);
  return judged.filter(({ pruning }, at) => pruning !== null && news[at]?.pruning === null);
}

/** Keeps what running trials reported, and asks for the end of those that the pruner gives up. */
export async function pruneTrials(ctx: Context, client: PoolClient, sight: Sight): Promise<number> {
  const { sweep, trials } = sight;
  const given = await judgeReports(client, { sweep, trials, news: withNews(sight) });
  for (const trial of given) {
    await stopTrial(ctx, client, { trial, reason: trial.pruning ?? "pruned" });
  }
  return given.length;
}
