import type { CreateAccessToken, CreatedAccessToken } from "@tessera/contracts/identity";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { newAccessSecret } from "./access-secret.ts";
import { authorize } from "./authorize.ts";
import { presentAccessToken } from "./present-access-token.ts";
import { requireUser } from "./require-user.ts";

const dayMs = 24 * 3600 * 1000;

/** A personal token of the caller's. The secret is in this answer and is kept nowhere. */
export async function createAccessToken(
  ctx: Context,
  input: CreateAccessToken,
): Promise<CreatedAccessToken> {
  const { userId } = requireUser(ctx, "token.manage");
  const { project: slug, expiresInDays: days } = input;
  const access =
    slug === undefined ? null : await authorize(ctx, "project.read", { project: slug });
  const now = ctx.clock.now();
  const { secret, hash, prefix } = newAccessSecret("personal");
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    const created = await tx.accessToken.create({
      data: {
        id: newId(),
        userId,
        kind: "personal",
        name: input.name,
        prefix,
        hash,
        projectId: access?.project.id ?? null,
        createdAt: now,
        expiresAt: days === undefined ? null : new Date(now.getTime() + days * dayMs),
      },
      include: { project: { select: { slug: true } } },
    });
    await recordAudit(ctx, tx, {
      action: "token.create",
      subject: created.id,
      details: { name: input.name },
      ...(access ? { projectId: access.project.id } : {}),
    });
    return created;
  });
  return { ...presentAccessToken(row), secret };
}
