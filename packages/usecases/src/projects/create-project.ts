import { PlatformError } from "@tessera/contracts/errors";
import type { CreateProject, Project } from "@tessera/contracts/project";
import { isUniqueViolation } from "@tessera/db/database-error";
import { newId } from "@tessera/kit/ids";
import { authorizeAccount } from "../identity/authorize.ts";
import { actorUserId } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { insertProject } from "./insert-project.ts";
import { presentProject } from "./present-project.ts";
import { slugOf } from "./slug-of.ts";

/** Creates a project whose first owner is the caller; conflict when the slug is taken. */
export async function createProject(ctx: Context, input: CreateProject): Promise<Project> {
  authorizeAccount(ctx, "project.create");
  const slug = input.slug ?? slugOf(input.name);
  const ownerId = actorUserId(ctx.actor);
  try {
    const project = await ctx.db.prisma.$transaction((tx) =>
      insertProject(ctx, tx, {
        id: newId(),
        slug,
        name: input.name,
        description: input.description ?? "",
        firstOwner: ownerId,
        personal: false,
      }),
    );
    return presentProject(ctx.settings, { project, role: ownerId === null ? null : "owner" });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new PlatformError("conflict", `There is a project with the slug "${slug}" already`, {
      cause: error,
      issues: [{ path: "slug", message: "is taken; choose another" }],
    });
  }
}
