import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** A node that has attempts which are not over. */
export interface BusyNode {
  readonly id: string;
  readonly name: string;
  readonly seenAt: Date;
}

/** Nodes with attempts that are not over, and when each was last heard of. */
export async function listBusyNodes(ctx: Context): Promise<BusyNode[]> {
  authorizeAccount(ctx, "platform.administer");
  const { rows } = await ctx.db.pool.query<BusyNode>(
    `SELECT id, name, seen_at AS "seenAt" FROM node
     WHERE EXISTS (SELECT FROM attempt
                   WHERE node_id = node.id AND state IN ('starting', 'running'))`,
  );
  return rows;
}
