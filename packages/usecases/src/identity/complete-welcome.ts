import { hashPassword } from "better-auth/crypto";
import { PlatformError } from "@tessera/contracts/errors";
import type { Me, Welcome } from "@tessera/contracts/identity";
import { isUniqueViolation } from "@tessera/db/database-error";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { getMe } from "./get-me.ts";
import { requireUser } from "./require-user.ts";

/**
 * The name, e-mail address and password of an account that came in by a one-time link; once.
 * Conflict when somebody else has the address.
 */
export async function completeWelcome(ctx: Context, input: Welcome): Promise<Me> {
  const { userId } = requireUser(ctx, "signed-in");
  const email = input.email.toLowerCase();
  const password = await hashPassword(input.password);
  try {
    await ctx.db.prisma.$transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { id: userId, needsWelcome: true },
        data: { name: input.name, email, needsWelcome: false },
      });
      if (count === 0) {
        throw new PlatformError("failed_precondition", "Your account is set up already");
      }
      const account = { providerId: "credential", accountId: userId };
      await tx.account.upsert({
        where: { providerId_accountId: account },
        create: { id: newId(), userId, ...account, password },
        update: { password },
      });
      await tx.project.updateMany({ where: { ownerId: userId }, data: { name: input.name } });
      await tx.signInLink.deleteMany({ where: { userId, usedAt: null } });
      await recordAudit(ctx, tx, { action: "user.welcome", subject: userId });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new PlatformError("conflict", `Somebody has the e-mail address ${email} already`, {
      cause: error,
      issues: [{ path: "email", message: "is taken; choose another" }],
    });
  }
  return getMe(ctx);
}
