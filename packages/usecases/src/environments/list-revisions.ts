import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRevision } from "./find-environment.ts";
import { presentRevision, revisionInclude } from "./present-environment.ts";

/** All revisions of an environment, newest first. */
export async function listRevisions(
  ctx: Context,
  input: { project: string; name: string },
): Promise<{ items: EnvironmentRevision[] }> {
  const { project } = await authorize(ctx, "environment.read", { project: input.project });
  const latest = await findRevision(ctx, { projectId: project.id, name: input.name });
  const rows = await ctx.db.prisma.environmentRevision.findMany({
    where: { environmentId: latest.environmentId },
    orderBy: { number: "desc" },
    include: revisionInclude,
  });
  return { items: rows.map(presentRevision) };
}
