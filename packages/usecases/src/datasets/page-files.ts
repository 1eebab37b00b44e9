import type { DatasetFile } from "@tessera/contracts/dataset";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";

const USUAL = 1000;

const listSql = {
  dataset_file: `SELECT path, sha256, size_bytes::float8 AS "sizeBytes" FROM dataset_file
                 WHERE version_id = $1 AND path > $2 ORDER BY path LIMIT $3`,
  draft_file: `SELECT path, sha256, size_bytes::float8 AS "sizeBytes" FROM draft_file
               WHERE draft_id = $1 AND path > $2 ORDER BY path LIMIT $3`,
} as const;

/** The files of a version or a draft, by path. */
export function pageFiles(
  ctx: Context,
  of: { readonly table: keyof typeof listSql; readonly id: string },
  input: PageInput,
): Promise<Page<DatasetFile>> {
  return pageBy(
    { pageToken: input.pageToken, limit: input.limit ?? USUAL },
    async ({ after, take }) => {
      const values = [of.id, after ?? "", take];
      return (await ctx.db.pool.query<DatasetFile>(listSql[of.table], values)).rows;
    },
    ({ path }) => path,
  );
}
