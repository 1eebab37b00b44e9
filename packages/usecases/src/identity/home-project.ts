import { authorizeAccount, type ProjectRow } from "./authorize.ts";
import type { Context } from "../platform/platform.ts";

/**
 * The project that the bare tracking address means for the caller: the token's own when it has
 * one, else the caller's personal project. `null` when there is none.
 */
export async function findHomeProject(ctx: Context): Promise<ProjectRow | null> {
  authorizeAccount(ctx, "signed-in");
  const { actor } = ctx;
  const { project } = ctx.db.prisma;
  if (actor.kind === "run") return project.findUnique({ where: { id: actor.projectId } });
  if (actor.kind !== "user") return null;
  if (actor.onlyProjectId !== null) {
    return project.findUnique({ where: { id: actor.onlyProjectId } });
  }
  return project.findUnique({ where: { ownerId: actor.userId } });
}
