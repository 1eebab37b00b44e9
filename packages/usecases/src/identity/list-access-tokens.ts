import type { AccessToken } from "@tessera/contracts/identity";
import type { Context } from "../platform/platform.ts";
import { presentAccessToken } from "./present-access-token.ts";
import { requireUser } from "./require-user.ts";

/** The caller's own tokens, newest first. */
export async function listAccessTokens(ctx: Context): Promise<{ items: AccessToken[] }> {
  const { userId } = requireUser(ctx, "token.manage");
  const rows = await ctx.db.prisma.accessToken.findMany({
    where: { userId, kind: "personal" },
    include: { project: { select: { slug: true } } },
    orderBy: { id: "desc" },
  });
  return { items: rows.map(presentAccessToken) };
}
