import type { SnapshotFile } from "@tessera/contracts/code";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { digestOf, findSnapshotRow } from "./find-snapshot.ts";
import { readManifest } from "./manifest.ts";

const usual = 1000;

/** The files of a snapshot, by path. */
export async function listSnapshotFiles(
  ctx: Context,
  input: { project: string; id: string } & PageInput,
): Promise<Page<SnapshotFile>> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const row = await findSnapshotRow(ctx, project.id, input.id);
  const files = await readManifest(ctx.blobs, digestOf(row));
  return pageBy(
    { ...input, limit: input.limit ?? usual },
    async ({ after, take }) => {
      const start = after === null ? 0 : files.findIndex(({ path }) => path > after);
      return start < 0 ? [] : files.slice(start, start + take);
    },
    ({ path }) => path,
  );
}
