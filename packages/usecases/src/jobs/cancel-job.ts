import { type Job, WorkloadState } from "@tessera/contracts/job";
import { withTransaction } from "@tessera/db/transaction";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { findJob, readJob } from "./get-job.ts";
import { lockWorkload } from "./lock-workload.ts";
import { requestStop } from "./request-stop.ts";
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
    await requestStop(ctx, client, { row, reason: `cancelled by ${actorName(ctx.actor)}` });
  });
  ctx.outboxWritten();
  return readJob(ctx, project.id, input.id);
}
