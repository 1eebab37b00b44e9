import { DRAFT_DAYS } from "../datasets/present-draft.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "./platform.ts";

/** How long each kind of passing record is kept. */
const kept = [
  { table: "event", column: "at", days: 3 },
  { table: "idempotency_key", column: "created_at", days: 1 },
  { table: "sign_in_link", column: "expires_at", days: 7 },
  { table: "verification", column: "expires_at", days: 1 },
  { table: "session", column: "expires_at", days: 1 },
  { table: "dataset_draft", column: "touched_at", days: DRAFT_DAYS },
] as const;

/**
 * Deletes what nobody asks for any more: old events, repeats, links, sessions and
 * uploads that were given up.
 */
export async function sweepRetention(ctx: Context): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  for (const { table, column, days } of kept) {
    await ctx.db.pool.query(`DELETE FROM ${table} WHERE ${column} < now() - $1::interval`, [
      `${days} days`,
    ]);
  }
  await ctx.db.pool.query(
    "DELETE FROM rate_limit WHERE last_request < extract(epoch FROM now() - interval '1 day') * 1000",
  );
}
