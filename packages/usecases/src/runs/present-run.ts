import { WorkloadState } from "@tessera/contracts/job";
import type { LatestMetric, MetricValue, Run } from "@tessera/contracts/run";
import { type LatestMetric as StoredMetric, latestFor } from "@tessera/metrics/latest";
import type { KeyValue } from "@tessera/mlflow/validation";
import type { RunStatus } from "@tessera/mlflow/wire/enums";
import type { Context } from "../platform/platform.ts";
import type { TrackedRun } from "../tracking/find-run.ts";
import { isoTime } from "../tracking/iso-time.ts";
import { readPairs } from "../tracking/read-pairs.ts";

/** A run that the platform does not run itself: its state is what its client says. */
const stateOfStatus: Record<RunStatus, WorkloadState> = {
  SCHEDULED: "queued",
  RUNNING: "running",
  FINISHED: "finished",
  FAILED: "failed",
  KILLED: "cancelled",
};

interface JobFacts {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

function metricValue(value: number): MetricValue {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

function presentMetric(metric: StoredMetric): LatestMetric {
  return {
    key: metric.key,
    value: metricValue(metric.value),
    step: metric.step,
    at: isoTime(metric.timestampMs),
    min: metric.min === null ? null : metricValue(metric.min),
    max: metric.max === null ? null : metricValue(metric.max),
    count: metric.count,
  };
}

function instant(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}

function toRecord(pairs: readonly KeyValue[] | undefined): Record<string, string> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]));
}

function presentOne(run: TrackedRun, slug: string, job: JobFacts | undefined) {
  return {
    id: run.id,
    project: slug,
    name: run.name,
    experimentId: String(run.experimentNumber),
    experimentName: run.experimentName,
    state: job ? WorkloadState.parse(job.state) : stateOfStatus[run.status],
    reason: job?.reason ?? null,
    startedAt: job ? (job.startedAt?.toISOString() ?? null) : instant(run.startTime),
    finishedAt: job ? (job.finishedAt?.toISOString() ?? null) : instant(run.endTime),
    user: run.userId,
    deleted: run.deleted,
    hasJob: job !== undefined,
  };
}

/** Runs as the REST API shows them; no series is read. */
export async function presentRuns(
  ctx: Context,
  slug: string,
  runs: readonly TrackedRun[],
): Promise<Run[]> {
  if (runs.length === 0) return [];
  const ids = runs.map((run) => run.id);
  const [params, tags, metrics, jobs] = await Promise.all([
    readPairs(ctx, "params", ids),
    readPairs(ctx, "tags", ids),
    latestFor(ctx.db.pool, ids),
    ctx.db.prisma.workload.findMany({
      where: { id: { in: ids } },
      select: { id: true, state: true, reason: true, startedAt: true, finishedAt: true },
    }),
  ]);
  const jobOf = new Map<string, JobFacts>(jobs.map((job) => [job.id, job]));
  return runs.map((run) => ({
    ...presentOne(run, slug, jobOf.get(run.id)),
    metrics: (metrics.get(run.id) ?? []).map(presentMetric),
    params: toRecord(params.get(run.id)),
    tags: toRecord(tags.get(run.id)),
  }));
}

export async function presentRun(ctx: Context, slug: string, run: TrackedRun): Promise<Run> {
  const [presented] = await presentRuns(ctx, slug, [run]);
  if (presented === undefined) throw new Error(`The run ${run.id} was not presented`);
  return presented;
}
