import { PlatformError } from "@tessera/contracts/errors";
import type { CreateSignInLink, SignInLink } from "@tessera/contracts/identity";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { authorizeAccount } from "./authorize.ts";
import { requireUser } from "./require-user.ts";
import { insertSignInLink } from "./sign-in-link.ts";

const minutes = 15;

/** A link that signs the caller in once; an administrator may make one for somebody else. */
export async function createSignInLink(ctx: Context, input: CreateSignInLink): Promise<SignInLink> {
  const caller = requireUser(ctx, "token.manage");
  const userId = input.userId ?? caller.userId;
  if (userId !== caller.userId) authorizeAccount(ctx, "platform.administer");
  return ctx.db.prisma.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) throw new PlatformError("not_found", `There is no account ${userId}`);
    if (user.disabled) {
      throw new PlatformError("invalid_argument", "The account is disabled; enable it first");
    }
    await recordAudit(ctx, tx, { action: "link.create", subject: userId });
    return insertSignInLink(ctx, tx, { userId, redirect: input.redirect ?? "/", minutes });
  });
}
