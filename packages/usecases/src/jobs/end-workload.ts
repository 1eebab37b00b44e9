import { WorkloadState } from "@tessera/contracts/job";
import type { Transaction } from "@tessera/db/client";
import { publishEvent } from "../events/publish-event.ts";
import type { Context } from "../platform/platform.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { assertTransition, runStatusOf } from "./workload-state.ts";

interface Ending {
  readonly id: string;
  readonly to: WorkloadState;
  readonly reason: string | null;
  readonly exitCode?: number | null;
}

/**
 * Brings a workload to its end, in the caller's transaction: its run's status, its tokens and
 * the next dispatch go with it.
 */
export async function endWorkload(ctx: Context, tx: Transaction, ending: Ending): Promise<void> {
  const { id, to } = ending;
  const now = ctx.clock.now();
  const row = await tx.workload.findUniqueOrThrow({ where: { id } });
  assertTransition(WorkloadState.parse(row.state), to);
  await tx.workload.update({
    where: { id },
    data: { state: to, reason: ending.reason, exitCode: ending.exitCode ?? null, finishedAt: now },
  });
  await tx.run.updateMany({
    where: { id },
    data: { status: runStatusOf(to), endTime: BigInt(now.getTime()) },
  });
  await tx.accessToken.deleteMany({ where: { workloadId: id } });
  await publishEvent(tx, {
    type: "job.changed",
    projectId: row.projectId,
    subject: id,
    data: { state: to },
  });
  await enqueueMessage(tx, { job: "workload.dispatch", payload: {} });
}
