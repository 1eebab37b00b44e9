import type { SignInLink } from "@tessera/contracts/identity";
import type { Transaction } from "@tessera/db/client";
import { sha256 } from "@tessera/kit/hash";
import { newId, newSecret } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";

interface NewLink {
  readonly userId: string;
  /** A path on our origin. */
  readonly redirect: string;
  readonly minutes: number;
}

/** What is kept of a link's secret. */
export function linkHash(secret: string): string {
  return sha256(`link:${secret}`);
}

/** Makes a link that signs its user in once. */
export async function insertSignInLink(
  ctx: Context,
  tx: Transaction,
  link: NewLink,
): Promise<SignInLink> {
  const secret = newSecret();
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + link.minutes * 60_000);
  await tx.signInLink.create({
    data: {
      id: newId(),
      userId: link.userId,
      hash: linkHash(secret),
      redirect: link.redirect,
      createdAt,
      expiresAt,
    },
  });
  return { url: `${ctx.settings.publicUrl}/link/${secret}`, expiresAt: expiresAt.toISOString() };
}
