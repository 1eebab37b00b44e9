import type { EnvironmentState } from "@tessera/contracts/environment";
import type { Transaction } from "@tessera/db/client";
import { publishEvent } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import { enqueueMessage } from "../jobs/enqueue-message.ts";
import type { Context } from "../platform/platform.ts";

/** What a builder needs to know of a revision. */
export interface BuildTask {
  readonly id: string;
  readonly state: EnvironmentState;
  readonly requirements: string;
  readonly lock: string | null;
}

/** Reads a revision that is to be built; `null` when it is gone or is no Python environment. */
export async function readBuildTask(ctx: Context, revisionId: string): Promise<BuildTask | null> {
  authorizeAccount(ctx, "platform.administer");
  const row = await ctx.db.prisma.environmentRevision.findUnique({ where: { id: revisionId } });
  if (!row || row.kind !== "python" || row.requirements === null) return null;
  const { id, state, requirements, lock } = row;
  return { id, state: state as EnvironmentState, requirements, lock };
}

async function announce(tx: Transaction, revisionId: string): Promise<void> {
  const row = await tx.environmentRevision.findUniqueOrThrow({
    where: { id: revisionId },
    include: { environment: true },
  });
  await publishEvent(tx, {
    type: "environment.changed",
    projectId: row.environment.projectId,
    subject: revisionId,
    data: { state: row.state },
  });
}

interface Step {
  readonly state: EnvironmentState;
  readonly lock?: string;
  readonly lockDigest?: string;
  readonly error?: string;
}

/**
 * Records how far a build is; its end lets the jobs that wait for it go on, or fail. A build that
 * has ended stays as it is, whatever a builder says that was taken for dead.
 */
export async function recordBuildStep(ctx: Context, revisionId: string, step: Step): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  await ctx.db.prisma.$transaction(async (tx) => {
    const readyAt = step.state === "ready" ? { readyAt: ctx.clock.now() } : {};
    const { count } = await tx.environmentRevision.updateMany({
      where: { id: revisionId, state: { in: ["queued", "resolving", "building"] } },
      data: { ...step, ...readyAt },
    });
    if (count === 0) return;
    await announce(tx, revisionId);
    if (step.state === "ready" || step.state === "failed") {
      await enqueueMessage(tx, { job: "workload.dispatch", payload: {} });
    }
  });
  ctx.outboxWritten();
}

/** Starts a revision's log anew. */
export async function clearBuildLog(ctx: Context, revisionId: string): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  await ctx.db.prisma.environmentLog.deleteMany({ where: { revisionId } });
}

/** Adds to a revision's log. */
export async function appendBuildLog(
  ctx: Context,
  revisionId: string,
  text: string,
): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const clean = text.replaceAll("\0", "");
  await ctx.db.pool.query(
    `INSERT INTO environment_log (revision_id, seq, byte_offset, text)
     SELECT $1, coalesce(max(seq), -1) + 1, coalesce(max(byte_offset + octet_length(text)), 0), $2
     FROM environment_log WHERE revision_id = $1`,
    [revisionId, clean],
  );
}
