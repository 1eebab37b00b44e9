import type { Environment } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRevision } from "./find-environment.ts";
import { presentEnvironment } from "./present-environment.ts";

export async function getEnvironment(
  ctx: Context,
  input: { project: string; name: string },
): Promise<Environment> {
  const { project } = await authorize(ctx, "environment.read", { project: input.project });
  const latest = await findRevision(ctx, { projectId: project.id, name: input.name });
  const row = await ctx.db.prisma.environment.findUniqueOrThrow({
    where: { id: latest.environmentId },
  });
  return presentEnvironment(row, latest);
}
