import type { Prisma } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { type AccessSecret, accessSecretOf, newAccessSecret } from "./access-secret.ts";

interface Input {
  readonly userId: string;
  readonly secret: string;
}

const environmentName = "TESSERA_ADMIN_TOKEN";
const localName = "Command line on this machine";

/**
 * Makes a secret of the operator's choice an administrator's token. The same secret again changes
 * nothing; another one replaces the one before.
 */
export async function keepAdministratorToken(ctx: Context, input: Input): Promise<void> {
  const secret = accessSecretOf(input.secret);
  const row = tokenRow(ctx, { userId: input.userId, name: environmentName, secret });
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.accessToken.deleteMany({
      where: { kind: "personal", name: environmentName, hash: { not: secret.hash } },
    }),
    ctx.db.prisma.accessToken.upsert({ where: { hash: secret.hash }, create: row, update: {} }),
  ]);
}

/** An administrator's token for the command line on the platform's own machine. */
export async function createLocalToken(ctx: Context, userId: string): Promise<string> {
  const secret = newAccessSecret("personal");
  await ctx.db.prisma.accessToken.create({
    data: tokenRow(ctx, { userId, name: localName, secret }),
  });
  return secret.secret;
}

interface Token {
  readonly userId: string;
  readonly name: string;
  readonly secret: AccessSecret;
}

function tokenRow(
  ctx: Context,
  { userId, name, secret: { hash, prefix } }: Token,
): Prisma.AccessTokenUncheckedCreateInput {
  const createdAt = ctx.clock.now();
  return { id: newId(), userId, kind: "personal", name, hash, prefix, createdAt };
}
