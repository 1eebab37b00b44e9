import { type HistoryPoint, history } from "@tessera/metrics/history";
import { runNotFound } from "@tessera/mlflow/faults";
import type { BulkHistoryRequest, BulkIntervalRequest } from "@tessera/mlflow/wire/metric-requests";
import type { MetricRecord } from "@tessera/mlflow/wire/present-run";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { EvenSample } from "./even-sample.ts";

interface Series {
  readonly runId: string;
  readonly key: string;
}

/** Those of the runs that are in a project, whether deleted or not. */
async function runsIn(
  ctx: Context,
  projectId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await ctx.db.pool.query<{ id: string }>(
    "SELECT id FROM run WHERE project_id = $1 AND id = ANY($2)",
    [projectId, ids],
  );
  return new Set(rows.map((row) => row.id));
}

async function* pagesOf(ctx: Context, series: Series): AsyncGenerator<HistoryPoint[]> {
  let afterToken: string | undefined;
  do {
    const page = await history(ctx.db.pool, { ...series, afterToken });
    yield page.points;
    afterToken = page.nextToken;
  } while (afterToken !== undefined);
}

function recordOf(
  { runId, key }: Series,
  { value, step, timestampMs }: HistoryPoint,
): MetricRecord {
  return { key, value, step, timestamp: timestampMs, runId };
}

/**
 * One metric of several runs, at most so many points of each, evenly spread over all that it has
 * within the steps. Reads whole series, in bounded memory. @throws MlflowError for an unknown run
 */
export async function sampleHistories(
  ctx: Context,
  { project: slug, request }: { project: string; request: BulkIntervalRequest },
): Promise<MetricRecord[]> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const { runIds, key, steps, maxResults } = request;
  const known = await runsIn(ctx, project.id, runIds);
  for (const id of runIds) if (!known.has(id)) throw runNotFound(id);
  const metrics: MetricRecord[] = [];
  for (const runId of runIds) {
    const sample = new EvenSample<HistoryPoint>(maxResults);
    for await (const page of pagesOf(ctx, { runId, key })) {
      for (const point of page) {
        if (!steps || (point.step >= steps.from && point.step <= steps.to)) sample.add(point);
      }
    }
    const points = sample
      .items()
      .toSorted((a, b) => a.step - b.step || a.timestampMs - b.timestampMs);
    metrics.push(...points.map((point) => recordOf({ runId, key }, point)));
  }
  return metrics;
}

/** One metric of several runs, run by run, until so many points are there. */
export async function firstHistories(
  ctx: Context,
  { project: slug, request }: { project: string; request: BulkHistoryRequest },
): Promise<MetricRecord[]> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const { key, maxResults } = request;
  const known = await runsIn(ctx, project.id, request.runIds);
  const metrics: MetricRecord[] = [];
  for (const runId of [...known].toSorted()) {
    const limit = maxResults - metrics.length;
    if (limit <= 0) break;
    const { points } = await history(ctx.db.pool, { runId, key, limit });
    metrics.push(...points.map((point) => recordOf({ runId, key }, point)));
  }
  return metrics;
}
