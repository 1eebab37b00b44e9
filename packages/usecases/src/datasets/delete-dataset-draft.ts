import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { committedAlready, type DraftAddress, draftNotFound, findDraft } from "./find-draft.ts";

/** Gives an upload up; what was sent of it need not be sent again by another. */
export async function deleteDatasetDraft(ctx: Context, address: DraftAddress): Promise<void> {
  const { project, draft } = await findDraft(ctx, address);
  if (draft.version !== null) throw committedAlready(draft.version.number);
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.datasetDraft.deleteMany({
      where: { id: draft.id, versionId: null },
    });
    if (count === 0) throw draftNotFound(address);
    await recordAudit(ctx, tx, {
      action: "dataset.abandon",
      subject: draft.datasetName,
      projectId: project.id,
      details: { draft: draft.id },
    });
  });
}
