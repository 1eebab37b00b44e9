import type { DatasetChange, DatasetFile } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { findVersion } from "./find-version.ts";

const USUAL = 1000;

interface Row {
  readonly path: string;
  readonly oldSha256: string | null;
  readonly oldSize: number | null;
  readonly newSha256: string | null;
  readonly newSize: number | null;
}

const compareSql = `
  SELECT path, a.sha256 AS "oldSha256", a.size_bytes::float8 AS "oldSize",
         b.sha256 AS "newSha256", b.size_bytes::float8 AS "newSize"
  FROM (SELECT * FROM dataset_file WHERE version_id = $1 AND path > $3) AS a
  FULL JOIN (SELECT * FROM dataset_file WHERE version_id = $2 AND path > $3) AS b USING (path)
  WHERE a.sha256 IS DISTINCT FROM b.sha256 ORDER BY path LIMIT $4`;

function fileOf(path: string, sha256: string | null, sizeBytes: number | null): DatasetFile | null {
  return sha256 === null || sizeBytes === null ? null : { path, sha256, sizeBytes };
}

function changeOf(row: Row): DatasetChange {
  const before = fileOf(row.path, row.oldSha256, row.oldSize);
  const after = fileOf(row.path, row.newSha256, row.newSize);
  const change = before === null ? "added" : after === null ? "removed" : "changed";
  return { path: row.path, change, before, after };
}

/** Which files differ from one version to another, by path. */
export async function compareDatasetVersions(
  ctx: Context,
  input: { project: string; name: string; version: string; other: string } & PageInput,
): Promise<Page<DatasetChange>> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const wanted = { projectId: project.id, name: input.name };
  const from = await findVersion(ctx, { ...wanted, version: input.version });
  const to = await findVersion(ctx, { ...wanted, version: input.other });
  const page = await pageBy(
    { pageToken: input.pageToken, limit: input.limit ?? USUAL },
    async ({ after, take }) => {
      const values = [from.id, to.id, after ?? "", take];
      return (await ctx.db.pool.query<Row>(compareSql, values)).rows;
    },
    ({ path }) => path,
  );
  return { ...page, items: page.items.map(changeOf) };
}
