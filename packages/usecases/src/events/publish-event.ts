import type { EventType } from "@tessera/contracts/event";
import type { Transaction } from "@tessera/db/client";
import { runStatement } from "@tessera/db/run-statement";
import type { PoolClient } from "@tessera/db/transaction";

/** Channel of PostgreSQL notifications that wakes readers of events; it carries no data. */
export const EVENT_CHANNEL = "tessera_event";

interface EventInput {
  readonly type: EventType;
  readonly projectId: string | null;
  readonly subject: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Tells those who watch that something changed, when and if the transaction commits. */
export async function publishEvent(tx: Transaction | PoolClient, event: EventInput): Promise<void> {
  await runStatement(
    tx,
    `WITH said AS (INSERT INTO event (project_id, type, subject, data)
                   VALUES ($1::text, $2::text, $3::text, $4::jsonb))
     SELECT pg_notify('${EVENT_CHANNEL}', '')`,
    [event.projectId, event.type, event.subject, JSON.stringify(event.data ?? {})],
  );
}
