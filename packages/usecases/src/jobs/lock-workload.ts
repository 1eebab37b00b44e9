import type { PoolClient } from "@tessera/db/transaction";

/** What decides about a workload's next step. */
export interface LockedWorkload {
  readonly id: string;
  readonly projectId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly failures: number;
  readonly losses: number;
  readonly maxRetries: number;
  readonly cancelRequested: boolean;
}

const lockSql = {
  name: "lock-workload",
  text: `SELECT id, project_id AS "projectId", state, reason, failures, losses,
                max_retries AS "maxRetries", cancel_requested_at IS NOT NULL AS "cancelRequested"
         FROM workload WHERE id = $1 FOR UPDATE`,
};

/** Reads a workload; changes to it wait until the transaction ends. Undefined when it is gone. */
export async function lockWorkload(
  client: PoolClient,
  id: string,
): Promise<LockedWorkload | undefined> {
  const { rows } = await client.query<LockedWorkload>({ ...lockSql, values: [id] });
  return rows[0];
}
