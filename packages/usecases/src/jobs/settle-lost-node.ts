import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import type { BusyNode } from "./list-busy-nodes.ts";
import { listNodeAttempts } from "./list-node-attempts.ts";
import { settleAttempt } from "./settle-attempt.ts";

/**
 * Settles every attempt of a machine that is gone, so that its jobs run elsewhere. Should it come
 * back, its worker ends what it still runs of them.
 */
export async function settleLostNode(ctx: Context, node: BusyNode): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const since = node.seenAt.toISOString().replace("T", " ").slice(0, 16);
  for (const { id, workloadId } of await listNodeAttempts(ctx, node.id)) {
    await settleAttempt(ctx, {
      attemptId: id,
      workloadId,
      cause: "lost",
      exitCode: null,
      signal: null,
      endedAt: ctx.clock.now(),
      detail: `the machine ${node.name} has not been heard of since ${since} UTC`,
    });
  }
}
