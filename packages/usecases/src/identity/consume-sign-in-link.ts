import { PlatformError } from "@tessera/contracts/errors";
import { newId, newSecret } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { insertPersonalProject } from "./insert-personal-project.ts";
import { sessionEnd } from "./session-life.ts";
import { linkHash } from "./sign-in-link.ts";

interface Input {
  readonly secret: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

export interface SignedIn {
  readonly sessionToken: string;
  readonly expiresAt: Date;
  /** A path on our origin. */
  readonly redirect: string;
}

/**
 * Uses up a one-time link and starts a session for its user; of two at once, one wins. Needs no
 * authorization: whoever has the link is whom it was made for.
 */
export async function consumeSignInLink(ctx: Context, input: Input): Promise<SignedIn> {
  const now = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const where = { hash: linkHash(input.secret), usedAt: null, expiresAt: { gt: now } };
    const used = await tx.signInLink.updateManyAndReturn({ where, data: { usedAt: now } });
    const link = used[0];
    const user = link && (await tx.user.findUnique({ where: { id: link.userId } }));
    if (!user || user.disabled) {
      throw new PlatformError("not_found", "This link was used already, or is too old");
    }
    await insertPersonalProject(ctx, tx, user);
    const expiresAt = sessionEnd(now);
    const session = await tx.session.create({
      data: {
        id: newId(),
        userId: user.id,
        token: newSecret(),
        expiresAt,
        ipAddress: input.ipAddress ?? null,
        userAgent: input.userAgent?.slice(0, 500) ?? null,
      },
    });
    const actor = { kind: "system", name: user.name } as const;
    await recordAudit({ ...ctx, actor }, tx, { action: "link.use", subject: user.id });
    return { sessionToken: session.token, expiresAt, redirect: link.redirect };
  });
}
