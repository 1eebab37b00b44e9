import { z } from "zod";

/** 32 lower-case hex characters. */
export const Id = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex characters");

/** Part of a project's address: lower-case letters, digits and dashes. */
export const Slug = z
  .string()
  .min(1)
  .max(60)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    "must be lower-case letters, digits and dashes, and neither start nor end with a dash",
  );

export const Digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");

/** An instant, ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime();

/** A line of text that a person gave something as its name. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, "must not contain control characters");

export const Limit = z.coerce.number().int().min(1).max(500).default(50);

/** Opaque position of the next page. */
export const PageToken = z.string().max(2000);

export const PageQuery = z.strictObject({
  limit: Limit.optional(),
  pageToken: PageToken.optional(),
});

/** Pages of lists whose entries are small and may be very many: files. */
export const LongPageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1000).optional(),
  pageToken: PageToken.optional(),
});

/** A page of a list: `nextPageToken` is absent on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextPageToken: PageToken.optional() });
}

export const ProjectParams = z.strictObject({ project: Slug });
export const ProjectIdParams = z.strictObject({ project: Slug, id: Id });
