import { authorizeAccount } from "../identity/authorize.ts";
import { DEFAULT_TIER } from "../jobs/resolve-tier.ts";
import type { Context } from "../platform/platform.ts";

const first = [
  { name: DEFAULT_TIER, cpus: 1, memoryMb: 2048, gpus: 0, pricePerHour: 0 },
  { name: "medium", cpus: 2, memoryMb: 8192, gpus: 0, pricePerHour: 0 },
  { name: "gpu", cpus: 4, memoryMb: 16_384, gpus: 1, pricePerHour: 0 },
];

/** Gives a new platform its first tiers; one that has any keeps what it has. */
export async function seedTiers(ctx: Context): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  if ((await ctx.db.prisma.tier.count()) > 0) return;
  await ctx.db.prisma.tier.createMany({ data: first, skipDuplicates: true });
}
