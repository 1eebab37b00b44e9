import type { CloneSnapshot, Snapshot } from "@tessera/contracts/code";
import { newId } from "@tessera/kit/ids";
import { authorize } from "../identity/authorize.ts";
import { enqueueMessage } from "../jobs/enqueue-message.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { presentSnapshot } from "./present-snapshot.ts";
import { withoutPassword } from "./upload-snapshot.ts";

/** Asks for a snapshot of a git repository at a commit; a worker fetches it. */
export async function cloneSnapshot(
  ctx: Context,
  input: { project: string; clone: CloneSnapshot },
): Promise<Snapshot> {
  const { project } = await authorize(ctx, "code.write", { project: input.project });
  const { url, commit } = input.clone;
  const id = newId();
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    await recordAudit(ctx, tx, {
      action: "snapshot.clone",
      subject: id,
      projectId: project.id,
      details: { url: withoutPassword(url), commit },
    });
    await enqueueMessage(tx, { job: "code.clone", payload: { snapshotId: id } }, { dedupKey: id });
    return tx.snapshot.create({
      data: {
        id,
        projectId: project.id,
        state: "cloning",
        source: "git",
        gitRemote: withoutPassword(url),
        cloneUrl: url,
        cloneRef: commit,
        createdBy: actorName(ctx.actor),
      },
    });
  });
  ctx.outboxWritten();
  return presentSnapshot(row);
}
