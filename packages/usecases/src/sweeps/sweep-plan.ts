import { SubmitJob } from "@tessera/contracts/job";
import { z } from "zod";
import type { JobPlan } from "../jobs/plan-job.ts";

const Plan = z.object({
  job: SubmitJob,
  experimentId: z.string(),
  environmentRevisionId: z.string().nullable(),
  tier: z.object({
    tierName: z.string(),
    cpus: z.number(),
    memoryMb: z.number(),
    gpus: z.number(),
    pricePerHour: z.number(),
  }),
  data: z.array(
    z.object({
      path: z.string(),
      versionId: z.string(),
      name: z.string(),
      number: z.number(),
      digest: z.string(),
      fileCount: z.number(),
      sizeBytes: z.number(),
    }),
  ),
  source: z.record(z.string(), z.string()),
});

/** What each trial of a sweep runs, as its row keeps it. */
export function planOf(stored: unknown): JobPlan | null {
  return stored === null ? null : Plan.parse(stored);
}
