import type { Pool } from "pg";
import { compactRun } from "./compact-run.ts";

export interface CompactOptions {
  /** Runs to compact at most. */
  readonly limit?: number;
  /** Also runs whose few batches would be better left to gather. */
  readonly everything?: boolean;
}

export interface Compacted {
  readonly runs: number;
  readonly batches: number;
}

/** A run is worth a pass when it has as many points or batches, or one of them is as old. */
const WORTH = { points: 20_000, batches: 64, age: "20 seconds" };

/**
 * Compacts the runs with most pending points. Meant to be called again and again by a worker, by several
 * at once if need be: runs in another's hands are left to it. A run that got nothing more for 20 s is
 * done then; call again at once while `batches` is not 0.
 */
export async function compact(
  pool: Pool,
  { limit = 32, everything = false }: CompactOptions = {},
): Promise<Compacted> {
  const { rows } = await pool.query<{ run_id: string }>({
    name: "metrics-compact-runs",
    text: `
      SELECT run_id FROM metrics.pending GROUP BY run_id
      HAVING $2 OR sum(points) >= ${WORTH.points} OR count(*) >= ${WORTH.batches}
        OR min(appended_at) < clock_timestamp() - interval '${WORTH.age}'
      ORDER BY sum(points) DESC LIMIT $1`,
    values: [limit, everything],
  });
  let runs = 0;
  let batches = 0;
  for (const row of rows) {
    const taken = await compactRun(pool, row.run_id);
    batches += taken;
    if (taken > 0) runs++;
  }
  return { runs, batches };
}
