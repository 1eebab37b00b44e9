import { PlatformError } from "@tessera/contracts/errors";
import type { TellTrial, ToldTrial } from "@tessera/contracts/sweep";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { advanceSweep } from "./advance-sweep.ts";
import type { SweepInput } from "./change-sweep.ts";
import { endTrials, type TrialEnd } from "./end-trials.ts";
import { type LockedSweep, lockSweepOf } from "./lock-sweep.ts";
import { judgeReports } from "./prune-trials.ts";
import { noSuchTrial, readTrial } from "./read-trial.ts";
import { thinReports } from "./thin-reports.ts";
import { readTrials, type TrialRow } from "./trial-rows.ts";

interface Input extends SweepInput {
  readonly number: number;
  readonly news: TellTrial;
}

type End = Exclude<TellTrial, { state: "running" }>;

function endOf(trial: TrialRow, news: End): TrialEnd {
  const { number } = trial;
  if (news.state === "complete") {
    return { number, state: "complete", objective: news.value, reason: null };
  }
  if (news.state === "failed") return { number, state: "failed", reason: news.reason ?? "failed" };
  return { number, state: "pruned", reason: trial.pruning ?? "pruned" };
}

interface Told {
  readonly sweep: LockedSweep;
  readonly trials: readonly TrialRow[];
  readonly number: number;
}

/** Keeps a value on the way. */
async function report(
  client: PoolClient,
  { sweep, trials, number }: Told,
  { step, value }: { readonly step: number; readonly value: number },
): Promise<void> {
  const trial = trials.find((each) => each.number === number);
  if (!trial) throw noSuchTrial(number);
  const points = [
    ...trial.reports.map(([at, known]) => ({ step: at, value: known })),
    { step, value },
  ];
  await judgeReports(client, { sweep, trials, news: [{ ...trial, reports: thinReports(points) }] });
}

/** The trial that may be told of. @throws PlatformError (not_found, failed_precondition) */
function openTrial({ sweep, trials, number }: Told): TrialRow {
  const trial = trials.find((each) => each.number === number);
  if (!trial) throw noSuchTrial(number);
  if (sweep.plan !== null) {
    throw new PlatformError("failed_precondition", "The trial's own job tells how it goes");
  }
  return trial;
}

/** Takes what whoever runs a trial says of it. Telling the same end again changes nothing. */
export async function tellTrial(ctx: Context, input: Input): Promise<ToldTrial> {
  const { project } = await authorize(ctx, "sweep.write", { project: input.project });
  const { id, number, news } = input;
  await withTransaction(ctx.db.pool, async (client) => {
    const sweep = await lockSweepOf(client, { projectId: project.id, id });
    const told = { sweep, trials: await readTrials(client, sweep.id), number };
    const trial = openTrial(told);
    if (trial.state === news.state && news.state !== "running") return;
    if (trial.state !== "running") {
      throw new PlatformError("failed_precondition", `Trial ${number} is ${trial.state} already`);
    }
    if (news.state === "running") await report(client, told, news);
    else await endTrials(ctx, client, { sweepId: id, ends: [endOf(trial, news)] });
    await advanceSweep(ctx, client, { sweep });
  });
  ctx.outboxWritten();
  const trial = await readTrial(ctx, { sweepId: id, number });
  return { trial, prune: trial.state === "running" ? trial.reason : null };
}
