import { type Job, WorkloadState } from "@tessera/contracts/job";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { endWorkload } from "./end-workload.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { findJob, presentWithPosition } from "./get-job.ts";
import { lockWorkload } from "./lock-workload.ts";
import { isTerminal } from "./workload-state.ts";

/** Ends a waiting job at once and asks for a running one to be stopped; ended ones stay. */
export async function cancelJob(
  ctx: Context,
  input: { project: string; id: string },
): Promise<Job> {
  const { project } = await authorize(ctx, "job.cancel", { project: input.project });
  await findJob(ctx, project.id, input.id);
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockWorkload(tx, input.id);
    const row = await tx.workload.findUniqueOrThrow({ where: { id: input.id } });
    if (isTerminal(WorkloadState.parse(row.state)) || row.cancelRequestedAt !== null) return;
    const { id } = row;
    await recordAudit(ctx, tx, { action: "job.cancel", subject: id, projectId: project.id });
    await tx.workload.update({ where: { id }, data: { cancelRequestedAt: ctx.clock.now() } });
    if (row.state === "queued") {
      const reason = `cancelled by ${actorName(ctx.actor)} before it started`;
      await endWorkload(ctx, tx, { id, to: "cancelled", reason });
      return;
    }
    await publishEvent(tx, { type: "job.changed", projectId: project.id, subject: id });
    await enqueueMessage(tx, { job: "workload.stop", payload: { workloadId: id } });
  });
  ctx.outboxWritten();
  return presentWithPosition(ctx, await findJob(ctx, project.id, input.id));
}
