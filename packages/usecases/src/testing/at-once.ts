import { withTransaction } from "@tessera/db/transaction";
import { expect } from "vitest";
import type { Platform } from "../platform/platform.ts";

/**
 * Makes transactions that record an audit entry overlap: all of them run up to that point, or to
 * where one waits for another, before any goes on.
 */
export async function allAtOnce<Result>(
  platform: Platform,
  work: readonly (() => Promise<Result>)[],
): Promise<PromiseSettledResult<Result>[]> {
  let running: Promise<PromiseSettledResult<Result>[]> | undefined;
  await withTransaction(platform.db.pool, async (client) => {
    await client.query("LOCK TABLE audit_entry IN SHARE MODE");
    running = Promise.allSettled(work.map((each) => each()));
    const waiting = async (): Promise<number> => {
      const { rows } = await platform.db.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0]?.count ?? 0;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBe(work.length);
  });
  return (await running) ?? [];
}
