import type { EndCause, WorkloadState } from "@tessera/contracts/job";
import type { Transaction } from "@tessera/db/client";
import { publishEvent } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { endWorkload } from "./end-workload.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { lockWorkload } from "./lock-workload.ts";
import { type AttemptEnd, judgeAttempt, type Verdict } from "./retry-policy.ts";
import { runStatusOf } from "./workload-state.ts";

interface SettleInput extends AttemptEnd {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly endedAt: Date;
}

type Retry = Extract<Verdict, { kind: "retry" }>;

function attemptStateOf(end: AttemptEnd, cancelRequested: boolean): WorkloadState {
  if (end.cause === "exit" && end.exitCode === 0) return "finished";
  if (cancelRequested) return "cancelled";
  const lost: readonly EndCause[] = ["lost", "cancelled"];
  return lost.includes(end.cause) ? "lost" : "failed";
}

async function requeue(
  ctx: Context,
  tx: Transaction,
  { row, verdict }: { row: { id: string; projectId: string }; verdict: Retry },
): Promise<void> {
  const { id, projectId } = row;
  await tx.workload.update({
    where: { id },
    data: {
      state: "queued",
      reason: verdict.reason,
      notBefore: new Date(ctx.clock.now().getTime() + verdict.delayMs),
      ...(verdict.counts === "loss"
        ? { losses: { increment: 1 } }
        : { failures: { increment: 1 } }),
    },
  });
  await tx.run.updateMany({ where: { id }, data: { status: runStatusOf("queued") } });
  await tx.accessToken.deleteMany({ where: { workloadId: id } });
  await publishEvent(tx, {
    type: "job.changed",
    projectId,
    subject: id,
    data: { state: "queued" },
  });
  await enqueueMessage(
    tx,
    { job: "workload.dispatch", payload: {} },
    verdict.delayMs > 0 ? { delayMs: verdict.delayMs } : {},
  );
}

/**
 * Records how an attempt ended and what follows: the workload's end, or its return to the
 * queue. Repeating it changes nothing.
 */
export async function settleAttempt(ctx: Context, input: SettleInput): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { attemptId, workloadId } = input;
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockWorkload(tx, workloadId);
    const row = await tx.workload.findUnique({ where: { id: workloadId } });
    if (!row) return;
    const cancelRequested = row.cancelRequestedAt !== null;
    const { count } = await tx.attempt.updateMany({
      where: { id: attemptId, state: { in: ["starting", "running"] } },
      data: {
        state: attemptStateOf(input, cancelRequested),
        finishedAt: input.endedAt,
        exitCode: input.exitCode,
        signal: input.signal,
        cause: input.cause,
        reason: input.detail,
      },
    });
    if (count === 0) return;
    const verdict = judgeAttempt(input, { ...row, cancelRequested });
    if (verdict.kind === "retry") {
      await requeue(ctx, tx, { row, verdict });
      return;
    }
    const { to, reason } = verdict;
    await endWorkload(ctx, tx, { id: workloadId, to, reason, exitCode: input.exitCode });
  });
  ctx.outboxWritten();
}
