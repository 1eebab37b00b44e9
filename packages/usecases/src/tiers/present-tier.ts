import type { Tier } from "@tessera/contracts/tier";

type TierRow = Omit<Tier, "currency">;

export function presentTier(row: TierRow, currency: string): Tier {
  const { name, cpus, memoryMb, gpus, pricePerHour } = row;
  return { name, cpus, memoryMb, gpus, pricePerHour, currency };
}
