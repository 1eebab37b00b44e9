import { PlatformError } from "@tessera/contracts/errors";
import { authorizeAccount } from "../identity/authorize.ts";
import { DEFAULT_TIER } from "../jobs/resolve-tier.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

/** Deletes a tier; the one that jobs get by default stays. */
export async function deleteTier(ctx: Context, { name }: { name: string }): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  if (name === DEFAULT_TIER) {
    throw new PlatformError("failed_precondition", `"${name}" is the default tier and must stay`);
  }
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.tier.deleteMany({ where: { name } });
    if (count === 0) throw new PlatformError("not_found", `There is no tier "${name}"`);
    await recordAudit(ctx, tx, { action: "tier.delete", subject: name });
  });
}
