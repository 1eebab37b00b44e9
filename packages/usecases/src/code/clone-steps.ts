import type { ManifestFile } from "@tessera/contracts/manifest";
import type { Prisma } from "@tessera/db/client";
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

interface Outcome {
  readonly id: string;
  readonly data: Prisma.SnapshotUpdateManyMutationInput;
}

/** Ends a clone; one that has ended stays as it is. Jobs that wait for it go on, or fail. */
async function endClone(ctx: Context, { id, data }: Outcome): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.snapshot.updateMany({
      where: { id, state: "cloning" },
      data: { ...data, cloneUrl: null },
    });
    if (count === 0) return;
    const { projectId } = await tx.snapshot.findUniqueOrThrow({ where: { id } });
    await publishEvent(tx, { type: "snapshot.changed", projectId, subject: id });
    await enqueueMessage(tx, { job: "workload.dispatch", payload: {} });
  });
  ctx.outboxWritten();
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
  const { id, files, commit, branch } = cloned;
  const data = {
    state: "ready",
    digest: await putManifest(ctx.blobs, files),
    gitCommit: commit,
    gitBranch: branch,
    fileCount: files.length,
    sizeBytes: BigInt(files.reduce((sum, file) => sum + file.sizeBytes, 0)),
  };
  await endClone(ctx, { id, data });
}

/** Records that the code could not be had; jobs that wait for it fail with the reason. */
export async function recordCloneFailure(
  ctx: Context,
  { id, error }: { id: string; error: string },
): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  await endClone(ctx, { id, data: { state: "failed", error } });
}
