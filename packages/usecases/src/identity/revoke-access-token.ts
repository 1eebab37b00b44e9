import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { requireUser } from "./require-user.ts";

/** Ends one of the caller's tokens at once. */
export async function revokeAccessToken(ctx: Context, input: { id: string }): Promise<void> {
  const { userId } = requireUser(ctx, "token.manage");
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.accessToken.deleteMany({
      where: { id: input.id, userId, kind: "personal" },
    });
    if (count === 0) throw new PlatformError("not_found", `You have no token ${input.id}`);
    await recordAudit(ctx, tx, { action: "token.revoke", subject: input.id });
  });
}
