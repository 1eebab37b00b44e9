import type { ClientBase, Pool } from "pg";
import { decodeBatch } from "./batch-codec.ts";
import { concatColumns, sortDistinct, type PointColumns } from "./columns.ts";
import { compactRunNow } from "./compact-runs.ts";
import { textArray } from "./pg-arrays.ts";
import { inTransaction } from "./transaction.ts";

/** Pending points of a run that a read merges itself; more are compacted first. */
const READ_PENDING = { points: 20_000, batches: 1000 };
const PASSES = 200;

/** Runs `read` on one snapshot: a compaction that commits meanwhile neither hides nor doubles a point. */
export async function readSnapshot<T>(
  pool: Pool,
  read: (client: ClientBase) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", read);
}

/** Compacts what is pending of the runs as far as it would make reading them slow. */
export async function settlePending(pool: Pool, runIds: readonly string[]): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) {
    const { rows } = await pool.query<{ run_id: string }>({
      name: "metrics-read-pending",
      text: `
        SELECT run_id FROM metrics.pending WHERE run_id = ANY($1::text[]) GROUP BY run_id
        HAVING sum(points) > ${READ_PENDING.points} OR count(*) > ${READ_PENDING.batches}`,
      values: [textArray(runIds)],
    });
    if (rows.length === 0) return;
    for (const row of rows) await compactRunNow(pool, row.run_id);
  }
}

/** A series' pending points, sorted and distinct, by run id and key. */
export type PendingPoints = Map<string, Map<string, PointColumns>>;

export async function readPendingPoints(
  client: ClientBase,
  runIds: readonly string[],
  keys: readonly string[],
): Promise<PendingPoints> {
  const { rows } = await client.query<{ run_id: string; payload: Buffer }>({
    name: "metrics-read-payloads",
    text: "SELECT run_id, payload FROM metrics.pending WHERE run_id = ANY($1::text[])",
    values: [textArray(runIds)],
  });
  const wanted = new Set(keys);
  const batches = new Map<string, Map<string, PointColumns[]>>();
  for (const { run_id: runId, payload } of rows) {
    const run = batches.get(runId) ?? new Map<string, PointColumns[]>();
    batches.set(runId, run);
    for (const [key, columns] of decodeBatch(payload, wanted)) {
      const known = run.get(key);
      if (known === undefined) run.set(key, [columns]);
      else known.push(columns);
    }
  }
  const joined: PendingPoints = new Map();
  for (const [runId, run] of batches) {
    const entries = [...run].map(
      ([key, parts]) => [key, sortDistinct(concatColumns(parts))] as const,
    );
    joined.set(runId, new Map(entries));
  }
  return joined;
}
