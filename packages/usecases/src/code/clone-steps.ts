import type { ManifestFile } from "@tessera/contracts/manifest";
import type { Transaction } from "@tessera/db/client";
import { publishEvent } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import { enqueueMessage } from "../jobs/enqueue-message.ts";
import type { Context } from "../platform/platform.ts";
import { putManifest } from "./manifest.ts";

/** What is to be fetched. */
export interface CloneTask {
  readonly id: string;
  readonly url: string;
  readonly ref: string;
  readonly maxBytes: number;
}

/** Reads a clone that is wanted; `null` when it is gone or done. */
export async function readCloneTask(ctx: Context, snapshotId: string): Promise<CloneTask | null> {
  authorizeAccount(ctx, "platform.administer");
  const row = await ctx.db.prisma.snapshot.findUnique({ where: { id: snapshotId } });
  if (row?.state !== "cloning" || row.cloneUrl === null || row.cloneRef === null) return null;
  const { maxSnapshotBytes: maxBytes } = ctx.settings;
  return { id: row.id, url: row.cloneUrl, ref: row.cloneRef, maxBytes };
}

async function announce(
  tx: Transaction,
  snapshot: { id: string; projectId: string },
): Promise<void> {
  await publishEvent(tx, {
    type: "snapshot.changed",
    projectId: snapshot.projectId,
    subject: snapshot.id,
  });
  await enqueueMessage(tx, { job: "workload.dispatch", payload: {} });
}

interface Cloned {
  readonly id: string;
  readonly commit: string;
  readonly branch: string | null;
  readonly files: readonly ManifestFile[];
}

/** Records that the code is there; jobs that wait for it go on. */
export async function recordClone(ctx: Context, cloned: Cloned): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { id, files } = cloned;
  const digest = await putManifest(ctx.blobs, files);
  await ctx.db.prisma.$transaction(async (tx) => {
    const row = await tx.snapshot.update({
      where: { id },
      data: {
        state: "ready",
        digest,
        gitCommit: cloned.commit,
        gitBranch: cloned.branch,
        cloneUrl: null,
        fileCount: files.length,
        sizeBytes: BigInt(files.reduce((sum, file) => sum + file.sizeBytes, 0)),
      },
    });
    await announce(tx, row);
  });
  ctx.outboxWritten();
}

/** Records that the code could not be had; jobs that wait for it fail with the reason. */
export async function recordCloneFailure(
  ctx: Context,
  failure: { id: string; error: string },
): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  await ctx.db.prisma.$transaction(async (tx) => {
    const row = await tx.snapshot.update({
      where: { id: failure.id },
      data: { state: "failed", error: failure.error, cloneUrl: null },
    });
    await announce(tx, row);
  });
  ctx.outboxWritten();
}
