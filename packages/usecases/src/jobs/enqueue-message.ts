import type { Prisma, Transaction } from "@tessera/db/client";

interface MessageOptions {
  readonly delayMs?: number;
  readonly dedupKey?: string;
}

/**
 * Writes a queue message into the outbox, in the transaction that writes the row that it is
 * about. Call `ctx.outboxWritten()` after the commit so that it leaves at once.
 */
export async function enqueueMessage(
  tx: Transaction,
  message: { readonly job: string; readonly payload: Prisma.InputJsonObject },
  options: MessageOptions = {},
): Promise<void> {
  await tx.outbox.create({
    data: {
      ...message,
      delayMs: options.delayMs ?? 0,
      dedupKey: options.dedupKey ?? null,
    },
  });
}
