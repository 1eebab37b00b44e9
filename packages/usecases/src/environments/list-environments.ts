import type { Environment } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { presentEnvironment, revisionInclude } from "./present-environment.ts";

/** A project's environments by name, each with its latest revision. */
export async function listEnvironments(
  ctx: Context,
  input: { project: string },
): Promise<{ items: Environment[] }> {
  const { project } = await authorize(ctx, "environment.read", input);
  const rows = await ctx.db.prisma.environment.findMany({
    where: { projectId: project.id },
    orderBy: { name: "asc" },
    include: { revisions: { orderBy: { number: "desc" }, take: 1, include: revisionInclude } },
  });
  return {
    items: rows.flatMap(({ revisions, ...row }) =>
      revisions.map((latest) => presentEnvironment(row, latest)),
    ),
  };
}
