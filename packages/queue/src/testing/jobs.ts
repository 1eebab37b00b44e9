import { z } from "zod";
import { defineCatalogue, defineJob } from "../define-job.ts";

const quick = {
  attempts: 1,
  backoff: { type: "fixed", delayMs: 20 },
  timeoutMs: 30_000,
  concurrency: 1,
} as const;
const nothing = z.strictObject({});

/** A small catalogue with a job for each thing a queue can do. */
export const testJobs = defineCatalogue(
  defineJob({
    ...quick,
    name: "note.write",
    queue: "notes",
    payload: z.strictObject({ text: z.string(), copies: z.int().default(1) }),
    concurrency: 4,
  }),
  defineJob({ ...quick, name: "note.erase", queue: "notes", payload: nothing }),
  defineJob({
    ...quick,
    name: "line.next",
    queue: "line",
    payload: z.strictObject({ place: z.int() }),
  }),
  defineJob({ ...quick, name: "pass.make", queue: "pass", payload: nothing, deduplicated: true }),
  defineJob({ ...quick, name: "luck.try", queue: "luck", payload: nothing, attempts: 3 }),
  defineJob({ ...quick, name: "nap.take", queue: "nap", payload: nothing, timeoutMs: 150 }),
  defineJob({
    ...quick,
    name: "hold.on",
    queue: "hold",
    payload: nothing,
    concurrency: 2,
    attempts: 2,
  }),
);
