import { PlatformError } from "@tessera/contracts/errors";
import { withTransaction } from "@tessera/db/transaction";
import type { JobEntry, JobQueue } from "@tessera/queue/create-queue";
import type { PlatformCatalogue } from "@tessera/queue/catalogue";
import type { Platform } from "../platform/platform.ts";

const BATCH = 200;

interface OutboxRow {
  readonly id: string;
  readonly written: string;
  readonly job: string;
  readonly payload: unknown;
  readonly delay_ms: number;
  readonly dedup_key: string | null;
}

const takeSql = {
  name: "take-outbox",
  text: `SELECT id, extract(epoch FROM created_at)::text AS written, job, payload, delay_ms, dedup_key
         FROM outbox
         ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
};
const deleteSql = { name: "empty-outbox", text: "DELETE FROM outbox WHERE id = ANY($1::bigint[])" };

function entryOf(row: OutboxRow): JobEntry<PlatformCatalogue> {
  return {
    job: row.job,
    payload: row.payload,
    // The number alone comes again in a new or restored database, and the queue remembers it.
    id: `outbox-${row.id}-${row.written}`,
    ...(row.delay_ms > 0 ? { delayMs: row.delay_ms } : {}),
    ...(row.dedup_key === null ? {} : { deduplicationKey: row.dedup_key }),
  } as JobEntry<PlatformCatalogue>;
}

/** Adds rows to the queue. One that the queue can never take must not keep back all others. */
async function add(
  platform: Pick<Platform, "db" | "log">,
  queue: JobQueue,
  rows: readonly OutboxRow[],
): Promise<void> {
  try {
    await queue.addMany(rows.map(entryOf));
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== "invalid_argument") throw error;
    if (rows.length > 1) {
      for (const row of rows) await add(platform, queue, [row]);
      return;
    }
    platform.log.error({ err: error, message: rows[0] }, "Dropped a message that no queue takes");
  }
}

async function relayBatch(
  platform: Pick<Platform, "db" | "log">,
  queue: JobQueue,
): Promise<number> {
  return withTransaction(platform.db.pool, async (client) => {
    const { rows } = await client.query<OutboxRow>(takeSql);
    if (rows.length === 0) return 0;
    await add(platform, queue, rows);
    await client.query({ ...deleteSql, values: [rows.map((row) => row.id)] });
    return rows.length;
  });
}

/**
 * Moves every message from the outbox to the queue. A message leaves the outbox only when the
 * queue has it; its id makes a repeated move harmless.
 */
export async function relayOutbox(
  platform: Pick<Platform, "db" | "log">,
  queue: JobQueue,
): Promise<void> {
  while ((await relayBatch(platform, queue)) === BATCH);
}
