import type { BestMetric, Overview } from "@tessera/contracts/overview";
import type { Run } from "@tessera/contracts/run";
import { authorize } from "../identity/authorize.ts";
import { getQueue } from "../jobs/get-queue.ts";
import type { Context } from "../platform/platform.ts";
import { presentRuns } from "../runs/present-run.ts";
import { RUN_COLUMNS, type TrackedRun } from "../tracking/find-run.ts";

const SHOWN = 8;
/** Runs among which the best are looked for. */
const LOOKED_AT = 500;
const DAY_MS = 24 * 3600_000;
/** Metrics of which less is better, by their names. */
const LESS_IS_BETTER = /loss|error|err$|mse|mae|rmse|perplexity|latency|time/i;
const MOST_BEST = 6;

async function runsWhere(
  ctx: Context,
  projectId: string,
  { where, order, limit }: { where: string; order: string; limit: number },
): Promise<TrackedRun[]> {
  const { rows } = await ctx.db.pool.query<TrackedRun>(
    `SELECT ${RUN_COLUMNS} FROM run r JOIN experiment e ON e.id = r.experiment_id
     WHERE r.project_id = $1 AND NOT r.deleted AND ${where} ORDER BY ${order} LIMIT $2`,
    [projectId, limit],
  );
  return rows;
}

function bestOf(runs: readonly Run[]): BestMetric[] {
  const best = new Map<string, BestMetric>();
  for (const run of runs) {
    for (const { key, value } of run.metrics) {
      if (typeof value !== "number") continue;
      const goal = LESS_IS_BETTER.test(key) ? "min" : "max";
      const known = best.get(key);
      const better =
        known === undefined || (goal === "min" ? value < known.value : value > known.value);
      if (better) best.set(key, { key, goal, value, runId: run.id, runName: run.name });
    }
  }
  const rank = (key: string): number => (/^(val|test|eval)/i.test(key) ? 0 : 1);
  return [...best.values()]
    .sort((a, b) => rank(a.key) - rank(b.key) || a.key.localeCompare(b.key))
    .slice(0, MOST_BEST);
}

async function costThisMonth(ctx: Context, projectId: string): Promise<number> {
  const { rows } = await ctx.db.pool.query<{ cost: number | null }>(
    `SELECT sum(w.price_per_hour * extract(epoch FROM
              coalesce(a.finished_at, now()) - greatest(a.started_at, date_trunc('month', now()))) / 3600)::float8
            AS cost
     FROM attempt a JOIN workload w ON w.id = a.workload_id
     WHERE w.project_id = $1 AND a.started_at IS NOT NULL
       AND coalesce(a.finished_at, now()) > date_trunc('month', now())`,
    [projectId],
  );
  return rows[0]?.cost ?? 0;
}

async function countsOf(ctx: Context, projectId: string): Promise<Overview["counts"]> {
  const { prisma } = ctx.db;
  const since = new Date(ctx.clock.now().getTime() - DAY_MS);
  const [runs, experiments, activeJobs, failedLastDay] = await Promise.all([
    prisma.run.count({ where: { projectId, deleted: false } }),
    prisma.experiment.count({ where: { projectId, deleted: false } }),
    prisma.workload.count({
      where: { projectId, state: { in: ["queued", "starting", "running"] } },
    }),
    prisma.workload.count({
      where: { projectId, state: { in: ["failed", "lost"] }, finishedAt: { gt: since } },
    }),
  ]);
  return { runs, experiments, activeJobs, failedLastDay };
}

/** What happened lately in a project. */
export async function getOverview(ctx: Context, input: { project: string }): Promise<Overview> {
  const { project } = await authorize(ctx, "project.read", input);
  const newest = "coalesce(r.end_time, r.start_time) DESC, r.id";
  const [running, finished, failed, recent, queue, counts, cost] = await Promise.all([
    runsWhere(ctx, project.id, {
      where: "r.status = 'RUNNING'",
      order: "r.start_time DESC, r.id",
      limit: SHOWN,
    }),
    runsWhere(ctx, project.id, { where: "r.status = 'FINISHED'", order: newest, limit: SHOWN }),
    runsWhere(ctx, project.id, { where: "r.status = 'FAILED'", order: newest, limit: SHOWN }),
    runsWhere(ctx, project.id, {
      where: "r.status <> 'SCHEDULED'",
      order: "r.start_time DESC, r.id",
      limit: LOOKED_AT,
    }),
    waitingOf(ctx, project.slug),
    countsOf(ctx, project.id),
    costThisMonth(ctx, project.id),
  ]);
  const present = (runs: TrackedRun[]) => presentRuns(ctx, project.slug, runs);
  return {
    running: await present(running),
    waiting: queue,
    finished: await present(finished),
    failed: await present(failed),
    best: bestOf(await present(recent)),
    counts,
    costThisMonth: { amount: cost, currency: ctx.settings.currency },
  };
}

async function waitingOf(ctx: Context, slug: string): Promise<Overview["waiting"]> {
  if (ctx.actor.kind === "run") return [];
  const queue = await getQueue(ctx);
  return queue.waiting.filter((entry) => entry.project === slug).slice(0, SHOWN);
}
