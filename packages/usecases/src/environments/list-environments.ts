import type { Environment } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentEnvironment, revisionInclude } from "./present-environment.ts";

/** A project's environments by name, each with its latest revision. */
export async function listEnvironments(
  ctx: Context,
  input: { project: string } & PageInput,
): Promise<Page<Environment>> {
  const { project } = await authorize(ctx, "environment.read", input);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.environment.findMany({
        where: { projectId: project.id, ...(after === null ? {} : { name: { gt: after } }) },
        orderBy: { name: "asc" },
        include: { revisions: { orderBy: { number: "desc" }, take: 1, include: revisionInclude } },
        take,
      }),
    ({ name }) => name,
  );
  return {
    ...page,
    items: page.items.flatMap(({ revisions, ...row }) =>
      revisions.map((latest) => presentEnvironment(row, latest)),
    ),
  };
}
