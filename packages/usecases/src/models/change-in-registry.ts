import { isUniqueViolation } from "@tessera/db/database-error";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

/** What is told of a change to a model, in the audit log and as an event. */
export interface RegistryChange {
  /** As the audit log calls it, such as "model.alias.set". */
  readonly action: string;
  /** The registered model's id. */
  readonly modelId: string;
  readonly name: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

interface Options {
  readonly projectId: string;
  /** Answers what else is to be told of the change, and its result. */
  readonly apply: (client: PoolClient) => Promise<RegistryChange>;
  /** What a name that is taken is called. */
  readonly onTaken?: () => Error;
}

/** Changes the registry in one transaction, with its audit entry and its event. */
export async function changeInRegistry(
  ctx: Context,
  { projectId, apply, onTaken }: Options,
): Promise<void> {
  try {
    await withTransaction(
      ctx.db.pool,
      async (client) => {
        const { action, modelId, name, details = {} } = await apply(client);
        await client.query("UPDATE registered_model SET updated_at = now() WHERE id = $1", [
          modelId,
        ]);
        const data = { name, ...details };
        await recordAudit(ctx, client, { action, subject: modelId, projectId, details: data });
        await publishEvent(client, {
          type: "model.changed",
          projectId,
          subject: modelId,
          data: { change: action, ...data },
        });
      },
      { retries: 3 },
    );
  } catch (error) {
    throw onTaken !== undefined && isUniqueViolation(error) ? onTaken() : error;
  }
}
