import type { DatasetDraft } from "@tessera/contracts/dataset-draft";
import type { Context } from "../platform/platform.ts";
import { type DraftAddress, findDraft } from "./find-draft.ts";
import { presentDraft } from "./present-draft.ts";

/** An upload, with how much it has so far. */
export async function getDatasetDraft(ctx: Context, address: DraftAddress): Promise<DatasetDraft> {
  const { draft } = await findDraft(ctx, address);
  const { _count, _sum } = await ctx.db.prisma.draftFile.aggregate({
    where: { draftId: draft.id },
    _count: true,
    _sum: { sizeBytes: true },
  });
  return presentDraft(draft, { fileCount: _count, sizeBytes: _sum.sizeBytes ?? 0n });
}
