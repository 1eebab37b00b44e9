import type { PoolClient } from "@tessera/db/transaction";
import { EVENT_CHANNEL } from "../events/publish-event.ts";

/** Tells those who watch that a run changed, within the caller's plain SQL transaction. */
export async function noteRunChange(
  client: PoolClient,
  run: { readonly projectId: string; readonly runId: string },
): Promise<void> {
  await client.query({
    name: "note-run-change",
    text: `WITH said AS (
             INSERT INTO event (project_id, type, subject) VALUES ($1, 'run.changed', $2))
           SELECT pg_notify('${EVENT_CHANNEL}', '')`,
    values: [run.projectId, run.runId],
  });
}
