import type { AddKnownFiles } from "@tessera/contracts/dataset-draft";
import type { Context } from "../platform/platform.ts";
import { type DraftAddress, draftNotFound, openDraft } from "./find-draft.ts";
import { refuseBelowFiles } from "./refuse-below-files.ts";

// What the project's datasets have is added; the rest is told. A draft that is committed meanwhile
// is found closed.
const addSql = `
  WITH draft AS (
    SELECT id, project_id FROM dataset_draft WHERE id = $1 AND version_id IS NULL FOR SHARE),
  wanted AS (
    SELECT w.path, w.sha256, c.size_bytes, draft.id AS draft_id
    FROM draft CROSS JOIN unnest($2::text[], $3::text[]) AS w (path, sha256)
    LEFT JOIN dataset_content c ON c.project_id = draft.project_id AND c.sha256 = w.sha256),
  added AS (
    INSERT INTO draft_file (draft_id, path, sha256, size_bytes)
    SELECT draft_id, path, sha256, size_bytes FROM wanted WHERE size_bytes IS NOT NULL
    ON CONFLICT (draft_id, path)
    DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes)
  SELECT (SELECT count(*)::int4 FROM draft) AS open,
         (SELECT coalesce(array_agg(path), '{}') FROM wanted WHERE size_bytes IS NULL) AS missing`;

/** Adds files whose content is there already; answers the paths of those that must be sent. */
export async function addKnownFiles(
  ctx: Context,
  input: DraftAddress & AddKnownFiles,
): Promise<{ missing: string[] }> {
  const paths = input.files.map(({ path }) => path);
  await openDraft(ctx, input);
  await refuseBelowFiles(ctx, input.id, paths);
  const { rows } = await ctx.db.pool.query<{ open: number; missing: string[] }>(addSql, [
    input.id,
    paths,
    input.files.map(({ sha256 }) => sha256),
  ]);
  const [answer] = rows;
  if (answer === undefined || answer.open === 0) throw draftNotFound(input);
  return { missing: answer.missing };
}
