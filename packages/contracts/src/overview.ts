import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { ProjectParams } from "./fields.ts";
import { Queue } from "./queue.ts";
import { Run } from "./run.ts";

/** Best value so far of a metric and the run that holds it. */
export const BestMetric = z.object({
  key: z.string(),
  goal: z.enum(["min", "max"]),
  value: z.number(),
  runId: z.string(),
  runName: z.string(),
});
export type BestMetric = z.infer<typeof BestMetric>;

export const Overview = z.object({
  running: z.array(Run),
  waiting: z.array(Queue.shape.waiting.element),
  finished: z.array(Run),
  failed: z.array(Run),
  best: z.array(BestMetric),
  counts: z.object({
    runs: z.number().int(),
    experiments: z.number().int(),
    activeJobs: z.number().int(),
    failedLastDay: z.number().int(),
  }),
  /** Price of the hours that jobs ran since the first of the month. */
  costThisMonth: z.object({ amount: z.number(), currency: z.string() }),
});
export type Overview = z.infer<typeof Overview>;

export const getOverview = defineEndpoint({
  id: "getOverview",
  method: "GET",
  path: "/api/v1/projects/{project}/overview",
  tag: "Projects",
  summary: "What happened lately: running, waiting, finished, failed, best and cost",
  action: "project.read",
  params: ProjectParams,
  status: 200,
  response: Overview,
});
