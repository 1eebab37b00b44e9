import type { ParameterValues } from "@tessera/contracts/search-space";
import type { PoolClient } from "@tessera/db/transaction";
import { truncate } from "@tessera/mlflow/validation";
import { createSampler } from "@tessera/tuning/samplers/registry";
import { parseCommand, renderCommand } from "@tessera/tuning/template/command-template";
import { valueText } from "@tessera/tuning/template/value-text";
import { insertJob } from "../jobs/insert-job.ts";
import { type JobPlan, newJobOf } from "../jobs/plan-job.ts";
import type { Context } from "../platform/platform.ts";
import { newRunId } from "../runs/new-run-id.ts";
import { writeParams } from "../tracking/write-params.ts";
import type { LockedSweep } from "./lock-sweep.ts";
import { studyOf, type TrialRow } from "./trial-rows.ts";

const LONGEST_NAME = 200;

/** The sweep's owner, on whose behalf its jobs are submitted, whoever or whatever steps it. */
function onBehalf(ctx: Context, { createdBy, submittedBy, projectId }: LockedSweep): Context {
  if (createdBy === null) return ctx;
  const actor = {
    kind: "user",
    userId: createdBy,
    name: submittedBy,
    admin: false,
    via: "token",
    onlyProjectId: projectId,
  } as const;
  return { ...ctx, actor };
}

interface NewTrial {
  readonly sweep: LockedSweep;
  readonly number: number;
  readonly values: ParameterValues;
}

async function queueJob(
  ctx: Context,
  client: PoolClient,
  { sweep, number, values, plan }: NewTrial & { readonly plan: JobPlan },
): Promise<string> {
  const id = newRunId(sweep.projectId);
  const command = renderCommand(parseCommand(plan.job.command, sweep.space), values);
  const tags = { ...plan.job.tags, "tessera.sweep": sweep.id, "tessera.trial": String(number) };
  const rendered: JobPlan = { ...plan, job: { ...plan.job, command, tags } };
  const name = `${truncate(sweep.name, LONGEST_NAME - 8)}-${number}`;
  const owner = onBehalf(ctx, sweep);
  const row = { id, name, projectId: sweep.projectId, plan: rendered };
  await insertJob(owner, client, newJobOf(owner, row));
  const params = Object.entries(values).map(([key, value]) => ({
    key,
    value: valueText(sweep.space[key], value),
  }));
  await writeParams(client, id, params);
  return id;
}

/** A trial's row, with its job where the sweep has a command: all in the caller's transaction. */
async function insertTrial(ctx: Context, client: PoolClient, trial: NewTrial): Promise<TrialRow> {
  const { sweep, number, values } = trial;
  const { plan } = sweep;
  const workloadId = plan === null ? null : await queueJob(ctx, client, { ...trial, plan });
  await client.query({
    name: "insert-trial",
    text: `INSERT INTO sweep_trial (sweep_id, number, state, values, workload_id)
           VALUES ($1, $2, 'running', $3, $4)`,
    values: [sweep.id, number, JSON.stringify(values), workloadId],
  });
  return {
    number,
    state: "running",
    values,
    objective: null,
    reports: [],
    judgedStep: null,
    pruning: null,
    workloadId,
    workloadState: workloadId === null ? null : "queued",
    workloadReason: null,
  };
}

interface Wanted {
  readonly sweep: LockedSweep;
  readonly trials: readonly TrialRow[];
  /** At most so many. */
  readonly count: number;
}

/** Starts trials of a locked sweep; fewer than wanted when the sampler has no more values. */
export async function startTrials(
  ctx: Context,
  client: PoolClient,
  { sweep, trials, count }: Wanted,
): Promise<TrialRow[]> {
  const sampler = createSampler(sweep.sampler);
  const started: TrialRow[] = [];
  while (started.length < count) {
    const number = trials.length + started.length;
    const values = sampler.ask(studyOf(sweep, [...trials, ...started]), number);
    if (values === null) break;
    started.push(await insertTrial(ctx, client, { sweep, number, values }));
  }
  return started;
}
