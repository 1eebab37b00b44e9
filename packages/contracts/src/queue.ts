import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { Id, Slug, Timestamp } from "./fields.ts";
import { WorkloadState } from "./job.ts";
import { Tier } from "./tier.ts";

export const QueueEntry = z.object({
  id: Id,
  project: Slug,
  name: z.string(),
  state: WorkloadState,
  reason: z.string().nullable(),
  position: z.number().int().nullable(),
  priority: z.number().int(),
  tier: Tier,
  node: z.string().nullable(),
  gpuIndexes: z.array(z.number().int()),
  submittedBy: z.string(),
  submittedAt: Timestamp,
  startedAt: Timestamp.nullable(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

export const QueueNode = z.object({
  name: z.string(),
  alive: z.boolean(),
  seenAt: Timestamp,
  cpus: z.number(),
  cpusUsed: z.number(),
  memoryMb: z.number().int(),
  memoryMbUsed: z.number().int(),
  gpus: z.array(
    z.object({
      index: z.number().int(),
      name: z.string(),
      busy: z.boolean(),
      usedBy: Id.nullable(),
    }),
  ),
});
export type QueueNode = z.infer<typeof QueueNode>;

/** What runs where, and what waits and why; jobs that the caller may not see are only counted. */
export const Queue = z.object({
  nodes: z.array(QueueNode),
  running: z.array(QueueEntry),
  waiting: z.array(QueueEntry),
  hidden: z.object({ running: z.number().int(), waiting: z.number().int() }),
});
export type Queue = z.infer<typeof Queue>;

export const getQueue = defineEndpoint({
  id: "getQueue",
  method: "GET",
  path: "/api/v1/queue",
  tag: "Jobs",
  summary: "What runs where, what waits and why",
  action: "queue.read",
  status: 200,
  response: Queue,
});
