import type { Dataset } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentVersion, versionInclude } from "./present-version.ts";

/** A project's datasets by name, each with its newest version. */
export async function listDatasets(
  ctx: Context,
  input: { project: string } & PageInput,
): Promise<Page<Dataset>> {
  const { project } = await authorize(ctx, "data.read", input);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.dataset.findMany({
        where: { projectId: project.id, ...(after === null ? {} : { name: { gt: after } }) },
        orderBy: { name: "asc" },
        include: { versions: { orderBy: { number: "desc" }, take: 1, include: versionInclude } },
        take,
      }),
    ({ name }) => name,
  );
  return {
    ...page,
    items: page.items.flatMap(({ versions, name, createdBy, createdAt }) =>
      versions.map((latest) => ({
        name,
        project: project.slug,
        latest: presentVersion(latest),
        createdBy,
        createdAt: createdAt.toISOString(),
      })),
    ),
  };
}
