import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { insertPersonalProject } from "./insert-personal-project.ts";
import { insertSignInLink } from "./sign-in-link.ts";

export interface FirstAdministrator {
  readonly userId: string;
  /** Whether this start made the account. */
  readonly created: boolean;
  /** A new one-time link until the administrator has set a password. */
  readonly link: string | null;
}

const linkMinutes = 24 * 60;

/**
 * Sees to it that there is an administrator: the account is made at the first start, and a link
 * to it is made anew at each start until somebody has used one and set a password.
 */
export async function ensureFirstAdministrator(ctx: Context): Promise<FirstAdministrator> {
  return ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tessera first administrator'))`;
    const found = await tx.user.findFirst({
      where: { admin: true, disabled: false },
      orderBy: { id: "asc" },
    });
    const user = found ?? (await insertAdministrator(ctx, tx));
    const created = found === null;
    if (!user.needsWelcome) return { userId: user.id, created, link: null };
    await tx.signInLink.deleteMany({ where: { userId: user.id, usedAt: null } });
    const redirect = { userId: user.id, redirect: "/", minutes: linkMinutes };
    const link = await insertSignInLink(ctx, tx, redirect);
    return { userId: user.id, created, link: link.url };
  });
}

async function insertAdministrator(ctx: Context, tx: Transaction) {
  const user = await tx.user.create({
    data: {
      id: newId(),
      name: "Administrator",
      email: "admin@localhost",
      admin: true,
      needsWelcome: true,
    },
  });
  await insertPersonalProject(ctx, tx, user);
  await recordAudit(ctx, tx, { action: "user.create", subject: user.id });
  return user;
}
