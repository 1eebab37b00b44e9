import type { Me } from "@tessera/contracts/identity";
import { PlatformError } from "@tessera/contracts/errors";
import { actorUserId } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { authorizeAccount } from "./authorize.ts";
import { findHomeProject } from "./home-project.ts";
import { presentUser } from "./present-user.ts";

/** Who is calling, and how. */
export async function getMe(ctx: Context): Promise<Me> {
  authorizeAccount(ctx, "signed-in");
  const { actor } = ctx;
  const user = await ctx.db.prisma.user.findUnique({ where: { id: actorUserId(ctx.actor) ?? "" } });
  if (!user) throw new PlatformError("not_found", "The platform itself has no account");
  return {
    user: presentUser(user),
    via: actor.kind === "user" ? actor.via : "run-token",
    needsWelcome: user.needsWelcome,
    homeProject: (await findHomeProject(ctx))?.slug ?? null,
  };
}
