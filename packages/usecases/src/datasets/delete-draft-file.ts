import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "../platform/platform.ts";
import { type DraftAddress, openDraft } from "./find-draft.ts";

/** Takes a file out of an upload. */
export async function deleteDraftFile(
  ctx: Context,
  input: DraftAddress & { readonly path: string },
): Promise<void> {
  await openDraft(ctx, input);
  const { id: draftId, path } = input;
  const { count } = await ctx.db.prisma.draftFile.deleteMany({ where: { draftId, path } });
  if (count === 0) {
    throw new PlatformError("not_found", `There is no file "${path}" in the upload`);
  }
}
