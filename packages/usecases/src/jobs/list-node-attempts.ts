import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { liveStates } from "./workload-state.ts";

/** An attempt that a node is to run, or runs. */
export interface NodeAttempt {
  readonly id: string;
  readonly workloadId: string;
  readonly number: number;
  readonly state: "starting" | "running";
  readonly cancelRequested: boolean;
}

const listSql = {
  name: "node-attempts",
  text: `SELECT a.id, a.workload_id AS "workloadId", a.number, a.state,
                w.cancel_requested_at IS NOT NULL AS "cancelRequested"
         FROM attempt a JOIN workload w ON w.id = a.workload_id
         WHERE a.node_id = $1 AND a.state = ANY($2) ORDER BY a.id`,
};

/** Every attempt of a node that has not ended, the oldest first. */
export async function listNodeAttempts(ctx: Context, nodeId: string): Promise<NodeAttempt[]> {
  authorizeAccount(ctx, "platform.administer");
  const values = [nodeId, [...liveStates]];
  const { rows } = await ctx.db.pool.query<NodeAttempt>({ ...listSql, values });
  return rows;
}
