import type { PoolClient } from "@tessera/db/transaction";
import type { Context } from "../platform/platform.ts";
import { endWorkloads } from "./end-workloads.ts";
import { writeReasons } from "./write-reasons.ts";

export interface UnreadyRow {
  readonly id: string;
  readonly reason: string | null;
  readonly environment: string | null;
  readonly number: number | null;
  readonly environmentState: string | null;
  readonly environmentError: string | null;
  readonly snapshotState: string | null;
  readonly snapshotError: string | null;
}

// What is not ready is looked for first: there is little of it, however long the queue is.
export const unreadySql = `
  SELECT w.id, w.reason, e.name AS environment, r.number, r.state AS "environmentState",
         r.error AS "environmentError", s.state AS "snapshotState", s.error AS "snapshotError"
  FROM workload w
  LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
  LEFT JOIN environment e ON e.id = r.environment_id
  LEFT JOIN snapshot s ON s.id = w.snapshot_id
  WHERE w.id IN (
    SELECT id FROM workload WHERE state = 'queued' AND environment_revision_id IN (
      SELECT id FROM environment_revision WHERE state <> 'ready')
    UNION ALL
    SELECT id FROM workload WHERE state = 'queued' AND snapshot_id IN (
      SELECT id FROM snapshot WHERE state <> 'ready'))
  ORDER BY w.created_at LIMIT 1000`;

function failureOf(row: UnreadyRow): string | null {
  if (row.environmentState === "failed") {
    const error = row.environmentError ?? "see its log";
    return `environment ${row.environment}@${row.number} could not be built: ${error}`;
  }
  if (row.snapshotState === "failed") {
    return `the code could not be fetched: ${row.snapshotError ?? "no reason was given"}`;
  }
  return null;
}

function waitOf(row: UnreadyRow): string {
  if (row.environmentState !== null && row.environmentState !== "ready") {
    return `waiting for environment ${row.environment}@${row.number} to be built`;
  }
  return "waiting for the code to be fetched";
}

/**
 * Workloads whose environment or code is not ready: they learn what they wait for, and fail when
 * it failed.
 *
 * @returns how many ended.
 */
export async function settleUnready(
  ctx: Context,
  client: PoolClient,
  unready: readonly UnreadyRow[],
): Promise<number> {
  const endings = unready.flatMap((row) => {
    const reason = failureOf(row);
    return reason === null ? [] : [{ id: row.id, reason }];
  });
  const ended = await endWorkloads(ctx, client, { endings, to: "failed" });
  const waiting = unready.filter((row) => failureOf(row) === null);
  await writeReasons(client, waiting, new Map(waiting.map((row) => [row.id, waitOf(row)])));
  return ended;
}
