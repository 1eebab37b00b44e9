import { withTransaction } from "@tessera/db/transaction";
import type { JobEntry, JobQueue } from "@tessera/queue/create-queue";
import type { PlatformCatalogue } from "@tessera/queue/catalogue";
import type { Platform } from "../platform/platform.ts";

const BATCH = 200;

interface OutboxRow {
  readonly id: string;
  readonly job: string;
  readonly payload: unknown;
  readonly delay_ms: number;
}

function entryOf(row: OutboxRow): JobEntry<PlatformCatalogue> {
  return {
    job: row.job,
    payload: row.payload,
    id: `outbox-${row.id}`,
    ...(row.delay_ms > 0 ? { delayMs: row.delay_ms } : {}),
  } as JobEntry<PlatformCatalogue>;
}

/** Messages of one queue are added together; a group that fails stays in the outbox. */
function byJob(rows: readonly OutboxRow[]): OutboxRow[][] {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.job, [...(groups.get(row.job) ?? []), row]);
  return [...groups.values()];
}

async function relayBatch(platform: Platform, queue: JobQueue): Promise<number> {
  return withTransaction(platform.db.pool, async (client) => {
    const { rows } = await client.query<OutboxRow>(
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING id, job, payload, delay_ms`,
    );
    for (const group of byJob(rows)) await queue.addMany(group.map(entryOf));
    return rows.length;
  });
}

/**
 * Moves every message from the outbox to the queue. A message leaves the outbox only when the
 * queue has it; its id makes a repeated move harmless.
 */
export async function relayOutbox(platform: Platform, queue: JobQueue): Promise<void> {
  while ((await relayBatch(platform, queue)) === BATCH);
}
