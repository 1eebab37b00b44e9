import { Role, type Project } from "@tessera/contracts/project";
import { authorizeAccount } from "../identity/authorize.ts";
import { actorUserId } from "../platform/actor-name.ts";
import { pageBy } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentProject } from "./present-project.ts";
import { visibleProjects } from "./visible-projects.ts";

interface Input {
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}

/** The caller's projects by slug; all of them for an administrator. */
export async function listProjects(
  ctx: Context,
  input: Input,
): Promise<{ items: Project[]; nextPageToken?: string }> {
  authorizeAccount(ctx, "signed-in");
  const userId = actorUserId(ctx.actor) ?? "";
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.project.findMany({
        where: { ...visibleProjects(ctx), ...(after === null ? {} : { slug: { gt: after } }) },
        include: { members: { where: { userId } } },
        orderBy: { slug: "asc" },
        take,
      }),
    (row) => row.slug,
  );
  return {
    ...page,
    items: page.items.map(({ members, ...project }) =>
      presentProject(ctx.settings, {
        project,
        role: members[0] ? Role.parse(members[0].role) : null,
      }),
    ),
  };
}
