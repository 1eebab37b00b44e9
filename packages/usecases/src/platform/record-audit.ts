import type { Prisma, Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import { actorName, actorUserId } from "./actor-name.ts";
import type { Context } from "./platform.ts";

interface AuditInput {
  readonly action: string;
  readonly subject: string;
  readonly projectId?: string;
  readonly details?: Prisma.InputJsonObject;
}

/** Writes who did what, in the transaction that does it. */
export async function recordAudit(ctx: Context, tx: Transaction, entry: AuditInput): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      actorId: actorUserId(ctx.actor),
      actor: actorName(ctx.actor),
      action: entry.action,
      subject: entry.subject,
      projectId: entry.projectId ?? null,
      details: entry.details ?? {},
    },
  });
}
