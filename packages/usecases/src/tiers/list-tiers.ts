import type { Tier } from "@tessera/contracts/tier";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { presentTier } from "./present-tier.ts";

/** Every hardware tier, the cheapest first. */
export async function listTiers(ctx: Context): Promise<{ items: Tier[] }> {
  authorizeAccount(ctx, "tier.read");
  const rows = await ctx.db.prisma.tier.findMany({
    orderBy: [{ pricePerHour: "asc" }, { gpus: "asc" }, { cpus: "asc" }, { name: "asc" }],
  });
  return { items: rows.map((row) => presentTier(row, ctx.settings.currency)) };
}
