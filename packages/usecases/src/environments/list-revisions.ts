import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import { numericKey, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { findRevision } from "./find-environment.ts";
import { presentRevision, revisionInclude } from "./present-environment.ts";

/** All revisions of an environment, newest first. */
export async function listRevisions(
  ctx: Context,
  input: { project: string; name: string } & PageInput,
): Promise<Page<EnvironmentRevision>> {
  const { project } = await authorize(ctx, "environment.read", { project: input.project });
  const { environmentId } = await findRevision(ctx, { projectId: project.id, name: input.name });
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.environmentRevision.findMany({
        where: { environmentId, ...(after === null ? {} : { number: { lt: numericKey(after) } }) },
        orderBy: { number: "desc" },
        include: revisionInclude,
        take,
      }),
    ({ number }) => String(number),
  );
  return { ...page, items: page.items.map(presentRevision) };
}
