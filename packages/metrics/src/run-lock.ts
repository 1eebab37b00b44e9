import type { ClientBase } from "pg";
import { textArray } from "./pg-arrays.ts";

/** First half of the advisory lock's key: "metr" in ASCII. */
const CLASS = 0x6d657472;

/** Holds off other compactions and the deletion of the run until the transaction ends. */
export async function lockRun(client: ClientBase, runId: string): Promise<void> {
  await client.query({
    name: "metrics-lock-run",
    text: "SELECT pg_advisory_xact_lock($1::int4, hashtext($2))",
    values: [CLASS, runId],
  });
}

/** As `lockRun`, for those of the runs that nobody else has; answers which. */
export async function tryLockRuns(
  client: ClientBase,
  runIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ run_id: string }>({
    name: "metrics-try-lock-runs",
    text: `
      SELECT run_id FROM unnest($2::text[]) AS r (run_id)
      WHERE pg_try_advisory_xact_lock($1::int4, hashtext(run_id))`,
    values: [CLASS, textArray(runIds)],
  });
  return rows.map((row) => row.run_id);
}
