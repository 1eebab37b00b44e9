import { history } from "@tessera/metrics/history";
import type { MetricRecord } from "@tessera/mlflow/wire/present-run";
import type { MetricHistoryRequest } from "@tessera/mlflow/wire/metric-requests";
import type { Context } from "../platform/platform.ts";
import { readableRun } from "./find-run.ts";

/** A page of one metric's points, by timestamp, step and value. @throws MlflowError */
export async function metricHistory(
  ctx: Context,
  { project, request }: { project: string; request: MetricHistoryRequest },
): Promise<{ metrics: MetricRecord[]; nextPageToken?: string }> {
  const run = await readableRun(ctx, { project, runId: request.runId });
  const { key, maxResults, pageToken } = request;
  const page = await history(ctx.db.pool, {
    runId: run.id,
    key,
    limit: maxResults,
    afterToken: pageToken,
  });
  const metrics = page.points.map(({ value, step, timestampMs }) => ({
    key,
    value,
    step,
    timestamp: timestampMs,
  }));
  return page.nextToken === undefined ? { metrics } : { metrics, nextPageToken: page.nextToken };
}
