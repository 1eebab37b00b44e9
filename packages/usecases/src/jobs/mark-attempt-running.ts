import { publishEvent } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { lockWorkload } from "./lock-workload.ts";
import { runStatusOf } from "./workload-state.ts";

interface RunningInput {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly startedAt: Date;
}

/** Records that an attempt's command runs; does nothing when it is known, or has ended. */
export async function markAttemptRunning(ctx: Context, input: RunningInput): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { attemptId, workloadId, startedAt } = input;
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockWorkload(tx, workloadId);
    const { count } = await tx.attempt.updateMany({
      where: { id: attemptId, state: "starting" },
      data: { state: "running", startedAt },
    });
    if (count === 0) return;
    const row = await tx.workload.findUniqueOrThrow({ where: { id: workloadId } });
    await tx.workload.update({
      where: { id: workloadId },
      data: { state: "running", reason: null, startedAt: row.startedAt ?? startedAt },
    });
    await tx.run.updateMany({
      where: { id: workloadId },
      data: {
        status: runStatusOf("running"),
        ...(row.startedAt === null ? { startTime: BigInt(startedAt.getTime()) } : {}),
      },
    });
    await publishEvent(tx, {
      type: "job.changed",
      projectId: row.projectId,
      subject: workloadId,
      data: { state: "running" },
    });
  });
}
