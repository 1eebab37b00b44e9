import type { Prisma } from "@tessera/db/client";
import type { Context } from "../platform/platform.ts";

/** Which projects the caller can see, as a condition; every list over projects carries it. */
export function visibleProjects(ctx: Context): Prisma.ProjectWhereInput {
  const { actor } = ctx;
  switch (actor.kind) {
    case "system":
      return {};
    case "anonymous":
      return { id: { in: [] } };
    case "run":
      return { id: actor.projectId };
    case "user": {
      const only = actor.onlyProjectId === null ? {} : { id: actor.onlyProjectId };
      if (actor.admin) return only;
      return { ...only, members: { some: { userId: actor.userId } } };
    }
    default:
      return actor satisfies never;
  }
}
