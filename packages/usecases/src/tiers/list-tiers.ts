import type { Tier } from "@tessera/contracts/tier";
import { z } from "zod";
import { authorizeAccount } from "../identity/authorize.ts";
import { beyond, keyOfValues, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentTier } from "./present-tier.ts";

const order = {
  pricePerHour: z.number(),
  gpus: z.number().int(),
  cpus: z.number(),
  name: z.string(),
};

/** Every hardware tier, the cheapest first. */
export async function listTiers(ctx: Context, input: PageInput = {}): Promise<Page<Tier>> {
  authorizeAccount(ctx, "tier.read");
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.tier.findMany({
        where: after === null ? {} : beyond(after, order),
        orderBy: [{ pricePerHour: "asc" }, { gpus: "asc" }, { cpus: "asc" }, { name: "asc" }],
        take,
      }),
    ({ pricePerHour, gpus, cpus, name }) => keyOfValues([pricePerHour, gpus, cpus, name]),
  );
  return { ...page, items: page.items.map((row) => presentTier(row, ctx.settings.currency)) };
}
