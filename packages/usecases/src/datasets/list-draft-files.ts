import type { DatasetFile } from "@tessera/contracts/dataset";
import type { Page, PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { type DraftAddress, findDraft } from "./find-draft.ts";
import { pageFiles } from "./page-files.ts";

/** What an upload has so far, by path. */
export async function listDraftFiles(
  ctx: Context,
  input: DraftAddress & PageInput,
): Promise<Page<DatasetFile>> {
  const { draft } = await findDraft(ctx, input);
  return pageFiles(ctx, { table: "draft_file", id: draft.id }, input);
}
