import { PlatformError } from "@tessera/contracts/errors";
import type { CreatedUser, CreateUser } from "@tessera/contracts/identity";
import { isUniqueViolation } from "@tessera/db/database-error";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { authorizeAccount } from "./authorize.ts";
import { insertPersonalProject } from "./insert-personal-project.ts";
import { presentUser } from "./present-user.ts";
import { insertSignInLink } from "./sign-in-link.ts";

const minutes = 15;

/** Adds a person with a project of their own; the link lets them in to set a password. */
export async function createUser(ctx: Context, input: CreateUser): Promise<CreatedUser> {
  authorizeAccount(ctx, "platform.administer");
  const email = input.email.toLowerCase();
  const now = ctx.clock.now();
  try {
    return await ctx.db.prisma.$transaction(async (tx) => {
      const user = await tx.user.create({
        data: {
          id: newId(),
          name: input.name,
          email,
          admin: input.admin ?? false,
          needsWelcome: true,
          createdAt: now,
        },
      });
      await insertPersonalProject(ctx, tx, user);
      await recordAudit(ctx, tx, {
        action: "user.create",
        subject: user.id,
        details: { email, admin: user.admin },
      });
      const link = await insertSignInLink(ctx, tx, { userId: user.id, redirect: "/", minutes });
      return { user: presentUser(user), link };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new PlatformError("conflict", `There is an account with the e-mail ${email} already`, {
      cause: error,
      issues: [{ path: "email", message: "is taken" }],
    });
  }
}
