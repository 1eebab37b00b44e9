import type { AccessToken } from "@tessera/contracts/identity";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentAccessToken } from "./present-access-token.ts";
import { requireUser } from "./require-user.ts";

/** The caller's own tokens, newest first. */
export async function listAccessTokens(
  ctx: Context,
  input: PageInput = {},
): Promise<Page<AccessToken>> {
  const { userId } = requireUser(ctx, "token.manage");
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.accessToken.findMany({
        where: { userId, kind: "personal", ...(after === null ? {} : { id: { lt: after } }) },
        include: { project: { select: { slug: true } } },
        orderBy: { id: "desc" },
        take,
      }),
    ({ id }) => id,
  );
  return { ...page, items: page.items.map(presentAccessToken) };
}
