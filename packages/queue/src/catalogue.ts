import { z } from "zod";
import { defineCatalogue, defineJob } from "./define-job.ts";

const Id = z.string().min(1).max(128);
const Nothing = z.strictObject({});

const second = 1000;
const minute = 60 * second;

/** Every background job of the platform. To add one, add an entry. */
export const catalogue = defineCatalogue(
  defineJob({
    name: "workload.dispatch",
    queue: "dispatch",
    payload: Nothing,
    attempts: 5,
    backoff: { type: "fixed", delayMs: second },
    timeoutMs: 2 * minute,
    concurrency: 1,
    deduplicated: true,
  }),
  defineJob({
    name: "workload.stop",
    queue: "stop",
    payload: z.strictObject({ workloadId: Id }),
    attempts: 3,
    backoff: { type: "fixed", delayMs: second },
    timeoutMs: minute,
    concurrency: 4,
  }),
  defineJob({
    name: "sweep.step",
    queue: "sweep",
    payload: z.strictObject({ sweepId: Id }),
    attempts: 5,
    backoff: { type: "fixed", delayMs: second },
    timeoutMs: 2 * minute,
    concurrency: 1,
  }),
  defineJob({
    name: "environment.build",
    queue: "build",
    payload: z.strictObject({ revisionId: Id }),
    attempts: 3,
    backoff: { type: "exponential", delayMs: 5 * second },
    timeoutMs: 30 * minute,
    concurrency: 1,
  }),
  defineJob({
    name: "code.clone",
    queue: "clone",
    payload: z.strictObject({ snapshotId: Id }),
    attempts: 3,
    backoff: { type: "exponential", delayMs: 2 * second },
    timeoutMs: 10 * minute,
    concurrency: 2,
  }),
  defineJob({
    name: "metrics.compact",
    queue: "maintenance",
    payload: Nothing,
    attempts: 3,
    backoff: { type: "exponential", delayMs: 10 * second },
    timeoutMs: 10 * minute,
    concurrency: 1,
  }),
  defineJob({
    name: "retention.sweep",
    queue: "maintenance",
    payload: Nothing,
    attempts: 3,
    backoff: { type: "exponential", delayMs: 10 * second },
    timeoutMs: 30 * minute,
    concurrency: 1,
  }),
);

export type PlatformCatalogue = typeof catalogue;
