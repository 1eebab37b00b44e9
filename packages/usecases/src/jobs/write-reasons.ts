import type { PoolClient } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";

const explainSql = {
  name: "explain-waiting",
  text: `UPDATE workload SET reason = new.reason
         FROM unnest($1::text[], $2::text[]) AS new(id, reason)
         WHERE workload.id = new.id AND workload.state = 'queued'`,
};

/** Writes the reasons that are new, and tells those who watch the queue. */
export async function writeReasons(
  client: PoolClient,
  waiting: readonly { readonly id: string; readonly reason: string | null }[],
  reasons: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = waiting.filter(({ id, reason }) => (reasons.get(id) ?? reason) !== reason);
  if (changed.length === 0) return;
  const ids = changed.map(({ id }) => id);
  await client.query({ ...explainSql, values: [ids, ids.map((id) => reasons.get(id))] });
  await publishEvent(client, { type: "queue.changed", projectId: null, subject: "queue" });
}
