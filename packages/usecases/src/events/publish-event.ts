import type { EventType } from "@tessera/contracts/event";
import type { Prisma, Transaction } from "@tessera/db/client";

/** Channel of PostgreSQL notifications that wakes readers of events; it carries no data. */
export const EVENT_CHANNEL = "tessera_event";

interface EventInput {
  readonly type: EventType;
  readonly projectId: string | null;
  readonly subject: string;
  readonly data?: Prisma.InputJsonObject;
}

/** Tells those who watch that something changed, when and if the transaction commits. */
export async function publishEvent(tx: Transaction, event: EventInput): Promise<void> {
  await tx.event.create({ data: { ...event, data: event.data ?? {} } });
  await tx.$executeRaw`SELECT pg_notify(${EVENT_CHANNEL}, '')`;
}
