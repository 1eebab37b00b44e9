import type { User } from "@tessera/contracts/identity";
import { pageBy } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { authorizeAccount } from "./authorize.ts";
import { presentUser } from "./present-user.ts";

interface Input {
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}

/** Everybody, oldest account first. */
export async function listUsers(
  ctx: Context,
  input: Input,
): Promise<{ items: User[]; nextPageToken?: string }> {
  authorizeAccount(ctx, "platform.administer");
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.user.findMany({
        where: after === null ? {} : { id: { gt: after } },
        orderBy: { id: "asc" },
        take,
      }),
    ({ id }) => id,
  );
  return { ...page, items: page.items.map(presentUser) };
}
