import type { Transaction } from "@tessera/db/client";
import { runStatement } from "@tessera/db/run-statement";
import type { PoolClient } from "@tessera/db/transaction";

interface MessageOptions {
  readonly delayMs?: number;
  /** At most one message with this key waits in the queue; excludes a delay. */
  readonly dedupKey?: string;
}

/**
 * Writes a queue message into the outbox, in the transaction that writes the row that it is
 * about. Call `ctx.outboxWritten()` after the commit so that it leaves at once.
 */
export async function enqueueMessage(
  tx: Transaction | PoolClient,
  message: { readonly job: string; readonly payload: Readonly<Record<string, string>> },
  options: MessageOptions = {},
): Promise<void> {
  const { delayMs = 0, dedupKey = null } = options;
  await runStatement(
    tx,
    `INSERT INTO outbox (job, payload, delay_ms, dedup_key)
     VALUES ($1::text, $2::jsonb, $3::int, $4::text)`,
    [message.job, JSON.stringify(message.payload), delayMs, dedupKey],
  );
}
