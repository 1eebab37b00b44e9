import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/** What is wanted for longer than this and is still not there is asked for again. */
const OVERDUE_MS = 60_000;

/**
 * Asks again for builds and clones that are not done: their messages may be gone, when every try
 * failed in an outage. One that is under way is not disturbed by it.
 */
export async function revivePreparations(ctx: Context): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const before = new Date(ctx.clock.now().getTime() - OVERDUE_MS);
  await ctx.db.pool.query(
    `INSERT INTO outbox (job, payload, dedup_key)
     SELECT 'environment.build', jsonb_build_object('revisionId', id), id
     FROM environment_revision WHERE state NOT IN ('ready', 'failed') AND created_at < $1
     UNION ALL
     SELECT 'code.clone', jsonb_build_object('snapshotId', id), id
     FROM snapshot WHERE state = 'cloning' AND created_at < $1`,
    [before],
  );
  ctx.outboxWritten();
}
