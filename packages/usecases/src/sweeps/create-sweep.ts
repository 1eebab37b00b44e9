import { randomInt } from "node:crypto";
import { PlatformError } from "@tessera/contracts/errors";
import type { Method, SearchSpace } from "@tessera/contracts/search-space";
import type { CreateSweep, Sweep } from "@tessera/contracts/sweep";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { validateKey, validateParam } from "@tessera/mlflow/validation";
import { createPruner } from "@tessera/tuning/pruners/registry";
import { createSampler } from "@tessera/tuning/samplers/registry";
import { checkSpace } from "@tessera/tuning/space/check-space";
import { parseCommand } from "@tessera/tuning/template/command-template";
import { TuningError } from "@tessera/tuning/tuning-error";
import { authorize } from "../identity/authorize.ts";
import { type JobPlan, planJob } from "../jobs/plan-job.ts";
import { actorName, actorUserId } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { advanceSweep } from "./advance-sweep.ts";
import { readSweep } from "./get-sweep.ts";
import { lockSweepOf } from "./lock-sweep.ts";

const DEFAULT_PARALLELISM = 2;
const DEFAULT_FAILURE_LIMIT = 3;

interface Input {
  readonly project: string;
  readonly sweep: CreateSweep;
}

/** Runs `work`; what it finds wrong is the caller's, at `path` of the request. */
function translating<Result>(path: string | null, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TuningError)) throw error;
    const issues = error.faults.map((fault) => ({
      path: path === null ? fault.path : `${path}.${fault.path}`,
      message: fault.message,
    }));
    const words = issues.map((issue) => `${issue.path}: ${issue.message}`).join("; ");
    throw new PlatformError("invalid_argument", words, { cause: error, issues });
  }
}

/** The whole space of a sweep that holds together, its samplers and pruners being there. */
function checked({ job, space = {}, sampler, pruner, metric }: CreateSweep): SearchSpace {
  if (sampler) translating("sampler", () => createSampler(sampler));
  if (pruner) translating("pruner", () => createPruner(pruner));
  const whole = translating(job === undefined ? "space" : null, () => {
    if (job !== undefined) return parseCommand(job.command, space).space;
    checkSpace(space);
    return space;
  });
  validateKey(metric, "metric");
  for (const key of Object.keys(whole)) validateParam({ key, value: "" }, "space");
  return whole;
}

interface NewSweep {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly space: SearchSpace;
  readonly plan: JobPlan | null;
  readonly sweep: CreateSweep;
}

const DEFAULT_SAMPLER: Method = { name: "tpe" };

async function insertSweep(ctx: Context, client: PoolClient, row: NewSweep): Promise<void> {
  const { sweep, plan } = row;
  await client.query({
    name: "insert-sweep",
    text: `INSERT INTO sweep (
             id, project_id, name, state, plan, space, sampler, pruner, metric, direction, seed,
             max_trials, parallelism, failure_limit, created_by, submitted_by)
           VALUES ($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      row.id,
      row.projectId,
      row.name,
      plan === null ? null : JSON.stringify(plan),
      JSON.stringify(row.space),
      JSON.stringify(sweep.sampler ?? DEFAULT_SAMPLER),
      sweep.pruner ? JSON.stringify(sweep.pruner) : null,
      sweep.metric,
      sweep.direction,
      sweep.seed ?? randomInt(2 ** 31 - 1),
      sweep.maxTrials,
      sweep.parallelism ?? DEFAULT_PARALLELISM,
      sweep.failureLimit ?? DEFAULT_FAILURE_LIMIT,
      actorUserId(ctx.actor),
      actorName(ctx.actor),
    ],
  });
}

/** Starts a sweep: its row and the jobs of its first trials are one transaction. */
export async function createSweep(ctx: Context, { project: slug, sweep }: Input): Promise<Sweep> {
  const { project } = await authorize(ctx, "sweep.write", { project: slug });
  const space = checked(sweep);
  const id = newId();
  const name = sweep.name ?? `sweep-${id.slice(-6)}`;
  const { job } = sweep;
  await withTransaction(ctx.db.pool, async (client) => {
    // Its runs are together in an experiment of its name, unless told.
    const named = job && { ...job, experiment: job.experiment ?? name };
    const plan = named ? await planJob(client, project.id, named) : null;
    await insertSweep(ctx, client, { id, projectId: project.id, name, space, plan, sweep });
    await recordAudit(ctx, client, { action: "sweep.create", subject: id, projectId: project.id });
    const locked = await lockSweepOf(client, { projectId: project.id, id });
    await advanceSweep(ctx, client, { sweep: locked });
  });
  ctx.outboxWritten();
  return readSweep(ctx, project.id, id);
}
