import type { PoolClient } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import type { Context } from "../platform/platform.ts";
import { endWorkloads } from "./end-workloads.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import type { LockedWorkload } from "./lock-workload.ts";

interface Stop {
  /** One that has not ended, locked. */
  readonly row: LockedWorkload;
  /** In words, what will stand as the reason of its end. */
  readonly reason: string;
}

/** Ends a workload that waits at once, and asks for the end of one that runs. */
export async function requestStop(ctx: Context, client: PoolClient, stop: Stop): Promise<void> {
  if (stop.row.state === "queued") await endWaiting(ctx, client, stop);
  else await askForStop(ctx, client, stop);
}

async function endWaiting(ctx: Context, client: PoolClient, { row, reason }: Stop): Promise<void> {
  const { id } = row;
  await client.query("UPDATE workload SET cancel_requested_at = $2 WHERE id = $1", [
    id,
    ctx.clock.now(),
  ]);
  const { rows } = await client.query("SELECT FROM attempt WHERE workload_id = $1 LIMIT 1", [id]);
  const when = rows.length === 0 ? "before it started" : "before it was started again";
  const endings = [{ id, reason: `${reason} ${when}` }];
  await endWorkloads(ctx, client, { endings, to: "cancelled" });
}

async function askForStop(ctx: Context, client: PoolClient, { row, reason }: Stop): Promise<void> {
  const { id, projectId, state } = row;
  await client.query("UPDATE workload SET cancel_requested_at = $2, reason = $3 WHERE id = $1", [
    id,
    ctx.clock.now(),
    reason,
  ]);
  await publishEvent(client, { type: "job.changed", projectId, subject: id, data: { state } });
  await enqueueMessage(client, { job: "workload.stop", payload: { workloadId: id } });
}
