import type { Readable } from "node:stream";
import type { DatasetFile } from "@tessera/contracts/dataset";
import type { Context } from "../platform/platform.ts";
import { type DraftAddress, draftNotFound, openDraft } from "./find-draft.ts";
import { refuseBelowFiles } from "./refuse-below-files.ts";

const putSql = `
  WITH draft AS (
    SELECT id, project_id FROM dataset_draft WHERE id = $1 AND version_id IS NULL FOR SHARE),
  content AS (
    INSERT INTO dataset_content (project_id, sha256, size_bytes)
    SELECT project_id, $3::text, $4::int8 FROM draft ON CONFLICT DO NOTHING)
  INSERT INTO draft_file (draft_id, path, sha256, size_bytes)
  SELECT id, $2::text, $3::text, $4::int8 FROM draft
  ON CONFLICT (draft_id, path)
  DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes`;

interface Input extends DraftAddress {
  readonly path: string;
  /** What the content must hash to. */
  readonly sha256?: string | undefined;
  readonly body: Readable;
}

/** Keeps a file of an upload, streamed; it is there whole and durable, or not at all. */
export async function putDraftFile(ctx: Context, input: Input): Promise<DatasetFile> {
  const { id, path, body } = input;
  await openDraft(ctx, input);
  await refuseBelowFiles(ctx, id, [path]);
  const { sha256, size } = await ctx.blobs.put(body, { expectedSha256: input.sha256 });
  const { rowCount } = await ctx.db.pool.query(putSql, [id, path, sha256, size]);
  if (rowCount === 0) throw draftNotFound(input);
  return { path, sha256, sizeBytes: size };
}
