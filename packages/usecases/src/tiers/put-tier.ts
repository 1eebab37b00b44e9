import type { PutTier, Tier } from "@tessera/contracts/tier";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { presentTier } from "./present-tier.ts";

/** Creates or changes a tier; jobs that were submitted keep what they were given. */
export async function putTier(
  ctx: Context,
  { name, tier }: { name: string; tier: PutTier },
): Promise<Tier> {
  authorizeAccount(ctx, "platform.administer");
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    await recordAudit(ctx, tx, { action: "tier.put", subject: name, details: { ...tier } });
    return tx.tier.upsert({ where: { name }, create: { name, ...tier }, update: tier });
  });
  return presentTier(row, ctx.settings.currency);
}
