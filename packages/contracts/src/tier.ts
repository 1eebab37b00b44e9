import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { PageQuery, pageOf, Slug } from "./fields.ts";

/** What a job may use at most; price in the platform's currency an hour. */
export const Tier = z.object({
  name: Slug,
  cpus: z.number(),
  memoryMb: z.number().int(),
  gpus: z.number().int(),
  pricePerHour: z.number(),
  currency: z.string(),
});
export type Tier = z.infer<typeof Tier>;

export const PutTier = z.strictObject({
  cpus: z.number().positive().max(1024),
  memoryMb: z.number().int().min(16).max(16_777_216),
  gpus: z.number().int().min(0).max(64),
  pricePerHour: z.number().min(0).max(1_000_000).default(0),
});
export type PutTier = z.infer<typeof PutTier>;

const tag = "Jobs";

export const listTiers = defineEndpoint({
  id: "listTiers",
  method: "GET",
  path: "/api/v1/tiers",
  tag,
  summary: "Hardware tiers",
  action: "tier.read",
  query: PageQuery,
  status: 200,
  response: pageOf(Tier),
});

export const putTier = defineEndpoint({
  id: "putTier",
  method: "PUT",
  path: "/api/v1/tiers/{name}",
  tag,
  summary: "Create or change a hardware tier",
  action: "platform.administer",
  params: z.strictObject({ name: Slug }),
  body: PutTier,
  status: 200,
  response: Tier,
});

export const deleteTier = defineEndpoint({
  id: "deleteTier",
  method: "DELETE",
  path: "/api/v1/tiers/{name}",
  tag,
  summary: "Delete a tier; jobs that have it keep what they were given",
  action: "platform.administer",
  params: z.strictObject({ name: Slug }),
  status: 204,
  errors: ["failed_precondition"],
});
