import { type Job, WorkloadState } from "@tessera/contracts/job";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { endWorkloads } from "./end-workloads.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { findJob, readJob } from "./get-job.ts";
import { type LockedWorkload, lockWorkload } from "./lock-workload.ts";
import { isTerminal } from "./workload-state.ts";

/** Ends a waiting job at once and asks for a running one to be stopped; ended ones stay. */
export async function cancelJob(
  ctx: Context,
  input: { project: string; id: string },
): Promise<Job> {
  const { project } = await authorize(ctx, "job.cancel", { project: input.project });
  await findJob(ctx, project.id, input.id);
  await withTransaction(ctx.db.pool, async (client) => {
    const row = await lockWorkload(client, input.id);
    if (!row || row.cancelRequested || isTerminal(WorkloadState.parse(row.state))) return;
    await recordAudit(ctx, client, {
      action: "job.cancel",
      subject: row.id,
      projectId: project.id,
    });
    if (row.state === "queued") await cancelWaiting(ctx, client, row);
    else await askForStop(ctx, client, row);
  });
  ctx.outboxWritten();
  return readJob(ctx, project.id, input.id);
}

async function cancelWaiting(
  ctx: Context,
  client: PoolClient,
  { id }: LockedWorkload,
): Promise<void> {
  await client.query("UPDATE workload SET cancel_requested_at = $2 WHERE id = $1", [
    id,
    ctx.clock.now(),
  ]);
  const { rows } = await client.query("SELECT FROM attempt WHERE workload_id = $1 LIMIT 1", [id]);
  const when = rows.length === 0 ? "before it started" : "before it was started again";
  const reason = `cancelled by ${actorName(ctx.actor)} ${when}`;
  await endWorkloads(ctx, client, { endings: [{ id, reason }], to: "cancelled" });
}

async function askForStop(
  ctx: Context,
  client: PoolClient,
  { id, projectId, state }: LockedWorkload,
): Promise<void> {
  await client.query("UPDATE workload SET cancel_requested_at = $2, reason = $3 WHERE id = $1", [
    id,
    ctx.clock.now(),
    `cancelled by ${actorName(ctx.actor)}`,
  ]);
  await publishEvent(client, { type: "job.changed", projectId, subject: id, data: { state } });
  await enqueueMessage(client, { job: "workload.stop", payload: { workloadId: id } });
}
