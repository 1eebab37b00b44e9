import type { ClientBase } from "pg";
import { textArray } from "./pg-arrays.ts";
import { compareText } from "./point.ts";
import { lockRun } from "./run-lock.ts";

/**
 * Deletes all that the store has of the runs, within the client's transaction. Points appended while it
 * goes on may stay; deleting again takes them. At most some thousand runs a call: each takes a lock.
 */
export async function deleteRuns(client: ClientBase, runIds: readonly string[]): Promise<void> {
  const sorted = [...new Set(runIds)].toSorted(compareText);
  if (sorted.length === 0) return;
  for (const runId of sorted) await lockRun(client, runId);
  const values = [textArray(sorted)];
  // Locked in the order of writers first, or a late one and this could wait for each other.
  await client.query(
    `SELECT FROM metrics.series WHERE run_id = ANY($1::text[])
     ORDER BY run_id COLLATE "C", key FOR UPDATE`,
    values,
  );
  await client.query("DELETE FROM metrics.pending WHERE run_id = ANY($1::text[])", values);
  await client.query(
    `DELETE FROM metrics.segment WHERE series_id IN (
       SELECT id FROM metrics.series WHERE run_id = ANY($1::text[]) AND id IS NOT NULL)`,
    values,
  );
  await client.query("DELETE FROM metrics.series WHERE run_id = ANY($1::text[])", values);
  await client.query("DELETE FROM metrics.latest WHERE run_id = ANY($1::text[])", values);
  await client.query("DELETE FROM metrics.model_point WHERE run_id = ANY($1::text[])", values);
}
