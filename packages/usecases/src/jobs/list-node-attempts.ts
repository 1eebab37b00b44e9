import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** An attempt that a node is to run, or runs. */
export interface NodeAttempt {
  readonly id: string;
  readonly workloadId: string;
  readonly number: number;
  readonly state: "starting" | "running";
  readonly cancelRequested: boolean;
}

/** Every attempt of a node that has not ended. */
export async function listNodeAttempts(ctx: Context, nodeId: string): Promise<NodeAttempt[]> {
  authorizeAccount(ctx, "platform.administer");
  const rows = await ctx.db.prisma.attempt.findMany({
    where: { nodeId, state: { in: ["starting", "running"] } },
    include: { workload: { select: { cancelRequestedAt: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    workloadId: row.workloadId,
    number: row.number,
    state: row.state === "running" ? "running" : "starting",
    cancelRequested: row.workload.cancelRequestedAt !== null,
  }));
}
