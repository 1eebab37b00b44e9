import type { Transaction } from "@tessera/db/client";
import { runStatement } from "@tessera/db/run-statement";
import type { PoolClient } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { actorName, actorUserId } from "./actor-name.ts";
import type { Context } from "./platform.ts";

interface AuditInput {
  readonly action: string;
  readonly subject: string;
  readonly projectId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes who did what, in the transaction that does it. */
export async function recordAudit(
  ctx: Context,
  tx: Transaction | PoolClient,
  entry: AuditInput,
): Promise<void> {
  await runStatement(
    tx,
    `INSERT INTO audit_entry (id, actor_id, actor, action, subject, project_id, details)
     VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::jsonb)`,
    [
      newId(),
      actorUserId(ctx.actor),
      actorName(ctx.actor),
      entry.action,
      entry.subject,
      entry.projectId ?? null,
      JSON.stringify(entry.details ?? {}),
    ],
  );
}
