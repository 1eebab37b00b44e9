import type { ChartQuery, ChartSeries } from "@tessera/contracts/run";
import { chart } from "@tessera/metrics/chart";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** Series of runs of one project, downsampled; runs that are not there have no series. */
export async function chartRuns(
  ctx: Context,
  { project: slug, query }: { project: string; query: ChartQuery },
): Promise<{ series: ChartSeries[] }> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const { rows } = await ctx.db.pool.query<{ id: string; start_time: string }>(
    "SELECT id, start_time FROM run WHERE project_id = $1 AND id = ANY($2)",
    [project.id, query.runIds],
  );
  if (rows.length === 0) return { series: [] };
  const origins = new Map(rows.map((row) => [row.id, Number(row.start_time)]));
  const lines = await chart(ctx.db.pool, {
    ...query,
    runIds: query.runIds.filter((id) => origins.has(id)),
    origins,
  });
  return {
    series: lines.map(({ runId, key, x, mean, min, max, notFinite, points }) => ({
      runId,
      key,
      x,
      mean,
      min,
      max,
      notFinite,
      points,
    })),
  };
}
