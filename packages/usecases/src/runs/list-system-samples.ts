import type { SystemSample } from "@tessera/contracts/run";
import type { Context } from "../platform/platform.ts";
import { readableRun } from "../tracking/find-run.ts";

/** Samples that one answer has at most; a longer run is thinned evenly. */
const MOST = 2000;

/** What a run's job used over time. */
export async function listSystemSamples(
  ctx: Context,
  { project, id }: { project: string; id: string },
): Promise<{ items: SystemSample[] }> {
  await readableRun(ctx, { project, runId: id });
  const { rows } = await ctx.db.pool.query<{ at: Date; cpu: number; memory: string }>(
    `SELECT at, cpu_percent AS cpu, memory_bytes AS memory FROM (
       SELECT *, row_number() OVER (ORDER BY at) - 1 AS place, count(*) OVER () AS total
       FROM system_sample WHERE workload_id = $1) AS s
     WHERE place % greatest(1, ceil(total / ${MOST}.0)::int) = 0 ORDER BY at`,
    [id],
  );
  return {
    items: rows.map((row) => ({
      at: row.at.toISOString(),
      cpuPercent: row.cpu,
      memoryBytes: Number(row.memory),
    })),
  };
}
