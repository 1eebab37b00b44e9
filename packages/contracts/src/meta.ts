import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";

export const Meta = z.object({
  version: z.string(),
  contentHost: z.string(),
  /** Largest code folder that is taken. */
  maxSnapshotBytes: z.number().int(),
});
export type Meta = z.infer<typeof Meta>;

export const getMeta = defineEndpoint({
  id: "getMeta",
  method: "GET",
  path: "/api/v1/meta",
  tag: "Platform",
  summary: "Version and settings that clients need",
  action: "public",
  status: 200,
  response: Meta,
});
