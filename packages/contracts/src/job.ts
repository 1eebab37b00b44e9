import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  Id,
  Name,
  PageToken,
  Limit,
  pageOf,
  ProjectIdParams,
  ProjectParams,
  Slug,
  Timestamp,
} from "./fields.ts";
import { JobData, WantedDataList } from "./job-data.ts";
import { Tier } from "./tier.ts";

/** States of every workload; `workload-state.ts` in usecases says which follows which. */
export const WorkloadState = z.enum([
  "queued",
  "starting",
  "running",
  "finished",
  "failed",
  "cancelled",
  "lost",
]);
export type WorkloadState = z.infer<typeof WorkloadState>;

export const terminalStates: readonly WorkloadState[] = ["finished", "failed", "cancelled", "lost"];

/** How an attempt ended. */
export const EndCause = z.enum([
  "exit",
  "signal",
  "timeout",
  "out-of-memory",
  "cancelled",
  "start-failed",
  "lost",
]);
export type EndCause = z.infer<typeof EndCause>;

export const Attempt = z.object({
  id: Id,
  number: z.number().int(),
  state: WorkloadState,
  node: z.string().nullable(),
  gpuIndexes: z.array(z.number().int()),
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  cause: EndCause.nullable(),
  /** In plain words, why it ended as it did. */
  reason: z.string().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const EnvironmentPin = z.object({
  name: z.string(),
  number: z.number().int(),
  revisionId: Id,
});
export type EnvironmentPin = z.infer<typeof EnvironmentPin>;

/** A command that the platform runs. Its id is also the id of its MLflow run. */
export const Job = z.object({
  id: Id,
  project: Slug,
  name: z.string(),
  state: WorkloadState,
  /** In plain words: why it waits, or why it ended as it did. */
  reason: z.string().nullable(),
  /** 1 is next; `null` unless queued. */
  position: z.number().int().nullable(),
  priority: z.number().int(),
  command: z.array(z.string()),
  experimentId: z.string(),
  snapshotId: Id.nullable(),
  environment: EnvironmentPin.nullable(),
  data: z.array(JobData),
  tier: Tier,
  env: z.record(z.string(), z.string()),
  timeoutSeconds: z.number().int().nullable(),
  maxRetries: z.number().int(),
  attempts: z.array(Attempt),
  exitCode: z.number().int().nullable(),
  cancelRequestedAt: Timestamp.nullable(),
  rerunOf: Id.nullable(),
  submittedBy: z.string(),
  submittedAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
});
export type Job = z.infer<typeof Job>;

const EnvironmentVariables = z
  .record(
    z
      .string()
      .max(200)
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a variable name"),
    z.string().max(32_000),
  )
  .refine((record) => Object.keys(record).length <= 200, "at most 200 variables");

export const SubmitJob = z.strictObject({
  name: Name.optional(),
  command: z
    .array(
      z
        .string()
        .max(32_000)
        .refine((part) => !part.includes("\0"), "must not contain NUL"),
    )
    .min(1, "a command is needed")
    .max(1000)
    .refine(([program]) => program !== "", "must begin with the name of a program"),
  /** Experiment's name, created when new; "Default" otherwise. */
  experiment: z.string().min(1).max(500).optional(),
  snapshotId: Id.optional(),
  /** `name` for the latest revision, `name@3` for that one. */
  environment: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}(@\d{1,9})?$/, "must be name or name@number")
    .optional(),
  data: WantedDataList.optional(),
  tier: Slug.optional(),
  env: EnvironmentVariables.optional(),
  timeoutSeconds: z.number().int().min(1).max(31_536_000).optional(),
  maxRetries: z.number().int().min(0).max(100).optional(),
  priority: z.number().int().min(-100).max(100).optional(),
  tags: z.record(z.string().min(1).max(250), z.string().max(8000)).optional(),
  rerunOf: Id.optional(),
});
export type SubmitJob = z.infer<typeof SubmitJob>;

/** What is left out stays as it was; `null` takes it away. */
export const RerunJob = SubmitJob.omit({ rerunOf: true }).partial().extend({
  environment: SubmitJob.shape.environment.nullable(),
  timeoutSeconds: SubmitJob.shape.timeoutSeconds.nullable(),
});
export type RerunJob = z.infer<typeof RerunJob>;

const path = "/api/v1/projects/{project}/jobs";
const tag = "Jobs";

export const submitJob = defineEndpoint({
  id: "submitJob",
  method: "POST",
  path,
  tag,
  summary: "Submit a command; it waits, runs and is tracked as a run with the same id",
  action: "job.submit",
  params: ProjectParams,
  body: SubmitJob,
  status: 201,
  response: Job,
  errors: ["failed_precondition"],
});

const IdPart = z
  .string()
  .regex(/^[0-9a-f]{1,32}$/, "must be hexadecimal digits, 32 at most")
  .describe("an id, or its beginning or end");

export const listJobs = defineEndpoint({
  id: "listJobs",
  method: "GET",
  path,
  tag,
  summary: "Jobs, newest first",
  action: "job.read",
  params: ProjectParams,
  query: z.strictObject({
    state: z.string().max(200).optional().describe("states, separated by commas"),
    id: IdPart.optional(),
    limit: Limit.optional(),
    pageToken: PageToken.optional(),
  }),
  status: 200,
  response: pageOf(Job),
});

export const getJob = defineEndpoint({
  id: "getJob",
  method: "GET",
  path: `${path}/{id}`,
  tag,
  summary: "A job with its attempts",
  action: "job.read",
  params: ProjectIdParams,
  status: 200,
  response: Job,
});

export const cancelJob = defineEndpoint({
  id: "cancelJob",
  method: "POST",
  path: `${path}/{id}/cancel`,
  tag,
  summary:
    "Cancel: a waiting job ends at once, a running one is stopped; an ended one stays as it is",
  action: "job.cancel",
  params: ProjectIdParams,
  status: 202,
  response: Job,
});

export const rerunJob = defineEndpoint({
  id: "rerunJob",
  method: "POST",
  path: `${path}/{id}/rerun`,
  tag,
  summary: "Submit the same again, with what the body changes",
  action: "job.submit",
  params: ProjectIdParams,
  body: RerunJob,
  status: 201,
  response: Job,
  errors: ["failed_precondition"],
});

export const listAllJobs = defineEndpoint({
  id: "listAllJobs",
  method: "GET",
  path: "/api/v1/jobs",
  tag,
  summary: "Jobs of every project that the caller can see, newest first",
  action: "signed-in",
  query: z.strictObject({
    state: z.string().max(200).optional(),
    id: IdPart.optional(),
    limit: Limit.optional(),
    pageToken: PageToken.optional(),
  }),
  status: 200,
  response: pageOf(Job),
});
