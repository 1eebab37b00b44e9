import type { Transaction } from "@tessera/db/client";
import type { Context } from "../platform/platform.ts";
import { endWorkload } from "./end-workload.ts";

interface UnreadyRow {
  readonly id: string;
  readonly reason: string | null;
  readonly environment: string | null;
  readonly number: number | null;
  readonly environmentState: string | null;
  readonly environmentError: string | null;
  readonly snapshotState: string | null;
  readonly snapshotError: string | null;
}

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
 */
export async function settleUnready(ctx: Context, tx: Transaction): Promise<void> {
  const rows = await tx.$queryRaw<UnreadyRow[]>`
    SELECT w.id, w.reason, e.name AS environment, r.number, r.state AS "environmentState",
           r.error AS "environmentError", s.state AS "snapshotState", s.error AS "snapshotError"
    FROM workload w
    LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
    LEFT JOIN environment e ON e.id = r.environment_id
    LEFT JOIN snapshot s ON s.id = w.snapshot_id
    WHERE w.state = 'queued'
      AND ((r.id IS NOT NULL AND r.state <> 'ready') OR (s.id IS NOT NULL AND s.state <> 'ready'))
    ORDER BY w.created_at LIMIT 1000`;
  for (const row of rows) {
    const failure = failureOf(row);
    if (failure !== null) {
      await endWorkload(ctx, tx, { id: row.id, to: "failed", reason: failure });
      continue;
    }
    const reason = waitOf(row);
    if (reason === row.reason) continue;
    await tx.workload.update({ where: { id: row.id }, data: { reason } });
  }
}
