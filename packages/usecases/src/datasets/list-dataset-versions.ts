import { type DatasetVersion, LATEST } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import { numericKey, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { findVersion } from "./find-version.ts";
import { presentVersion, versionInclude } from "./present-version.ts";

/** All versions of a dataset, newest first. */
export async function listDatasetVersions(
  ctx: Context,
  input: { project: string; name: string } & PageInput,
): Promise<Page<DatasetVersion>> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const wanted = { projectId: project.id, name: input.name, version: LATEST };
  const { datasetId } = await findVersion(ctx, wanted);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.datasetVersion.findMany({
        where: { datasetId, ...(after === null ? {} : { number: { lt: numericKey(after) } }) },
        orderBy: { number: "desc" },
        include: versionInclude,
        take,
      }),
    ({ number }) => String(number),
  );
  return { ...page, items: page.items.map(presentVersion) };
}
