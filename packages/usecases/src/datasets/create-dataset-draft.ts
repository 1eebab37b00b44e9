import type { DatasetDraft } from "@tessera/contracts/dataset-draft";
import { newId } from "@tessera/kit/ids";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { draftInclude, presentDraft } from "./present-draft.ts";

/** Begins an upload. Uploads to one dataset know nothing of each other. */
export async function createDatasetDraft(
  ctx: Context,
  input: { project: string; name: string; message?: string | undefined },
): Promise<DatasetDraft> {
  const { project } = await authorize(ctx, "data.write", { project: input.project });
  const { name, message = "" } = input;
  const id = newId();
  return ctx.db.prisma.$transaction(async (tx) => {
    await recordAudit(ctx, tx, {
      action: "dataset.upload",
      subject: name,
      projectId: project.id,
      details: { draft: id },
    });
    const createdBy = actorName(ctx.actor);
    const row = await tx.datasetDraft.create({
      data: { id, projectId: project.id, datasetName: name, message, createdBy },
      include: draftInclude,
    });
    return presentDraft(row, { fileCount: 0, sizeBytes: 0n });
  });
}
