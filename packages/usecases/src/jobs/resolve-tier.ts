import { PlatformError } from "@tessera/contracts/errors";
import type { Transaction } from "@tessera/db/client";

/** The tier of jobs that name none. */
export const DEFAULT_TIER = "small";

interface TierRow {
  readonly tierName: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
  readonly pricePerHour: number;
}

/** A tier's columns as a workload keeps them; invalid_argument when there is none of the name. */
export async function resolveTier(tx: Transaction, name = DEFAULT_TIER): Promise<TierRow> {
  const tier = await tx.tier.findUnique({ where: { name } });
  if (tier) {
    const { cpus, memoryMb, gpus, pricePerHour } = tier;
    return { tierName: tier.name, cpus, memoryMb, gpus, pricePerHour };
  }
  const tiers = await tx.tier.findMany({ orderBy: { name: "asc" }, select: { name: true } });
  const names = tiers.map((each) => each.name).join(", ");
  throw new PlatformError("invalid_argument", `There is no tier "${name}"; there are: ${names}`, {
    issues: [{ path: "tier", message: `must be one of ${names}` }],
  });
}
