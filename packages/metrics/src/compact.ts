import type { Pool } from "pg";
import { compactRuns, PASS_POINTS } from "./compact-runs.ts";

export interface CompactOptions {
  /** Runs to compact at most; 256 unless told. */
  readonly limit?: number;
  /** Also runs whose few batches would be better left to gather. */
  readonly everything?: boolean;
}

export interface Compacted {
  /** Batches that are no longer pending. */
  readonly batches: number;
}

/** A run is worth a pass when it has as many points or batches, or one of them is as old. */
const WORTH = { points: 20_000, batches: 64, age: "20 seconds" };
/** Runs to a transaction: few enough for their writers not to wait long. */
const GROUP_RUNS = 64;

/**
 * Compacts the runs with most pending points. Meant to be called again and again by a worker, by several
 * at once if need be: runs in another's hands are left to it. A run that got nothing more for 20 s is
 * done then; call again at once while `batches` is not 0. Throws when runs could not be compacted, after
 * the others have been.
 */
export async function compact(
  pool: Pool,
  { limit = 256, everything = false }: CompactOptions = {},
): Promise<Compacted> {
  const { rows } = await pool.query<{ run_id: string; points: string }>({
    name: "metrics-compact-runs",
    text: `
      SELECT run_id, sum(points) AS points FROM metrics.pending GROUP BY run_id
      HAVING $2 OR sum(points) >= ${WORTH.points} OR count(*) >= ${WORTH.batches}
        OR min(appended_at) < clock_timestamp() - interval '${WORTH.age}'
      ORDER BY sum(points) DESC LIMIT $1`,
    values: [limit, everything],
  });
  let batches = 0;
  const faults: unknown[] = [];
  for (const group of groupRuns(rows)) {
    batches += await compactRuns(pool, group).catch(async () => compactEach(pool, group, faults));
  }
  if (faults.length > 0) throw new AggregateError(faults, "Some runs' metrics were not compacted");
  return { batches };
}

function* groupRuns(rows: readonly { run_id: string; points: string }[]): Generator<string[]> {
  let group: string[] = [];
  let points = 0;
  for (const row of rows) {
    group.push(row.run_id);
    points += Number(row.points);
    if (points < PASS_POINTS && group.length < GROUP_RUNS) continue;
    yield group;
    group = [];
    points = 0;
  }
  if (group.length > 0) yield group;
}

/** One run at a time, so that one that cannot be compacted does not hold up the others. */
async function compactEach(
  pool: Pool,
  runIds: readonly string[],
  faults: unknown[],
): Promise<number> {
  let batches = 0;
  for (const runId of runIds) {
    try {
      batches += await compactRuns(pool, [runId]);
    } catch (error) {
      faults.push(error);
    }
  }
  return batches;
}
