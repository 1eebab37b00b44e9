import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  Id,
  Name,
  pageOf,
  PageQuery,
  ProjectIdParams,
  ProjectParams,
  Slug,
  Timestamp,
} from "./fields.ts";
import { SubmitJob, WorkloadState } from "./job.ts";
import { Direction, Method, ParameterValues, SearchSpace } from "./search-space.ts";

/** States of a sweep; `sweep-state.ts` in usecases says which follows which. */
export const SweepState = z.enum(["running", "paused", "finished", "failed", "cancelled"]);
export type SweepState = z.infer<typeof SweepState>;

/** A trial that waits in the queue runs too, as far as its sweep is concerned. */
export const TrialState = z.enum(["running", "complete", "pruned", "failed", "cancelled"]);
export type TrialState = z.infer<typeof TrialState>;

/** One try of a sweep: values, and what came of them. */
export const Trial = z.object({
  /** From 0, in the order of asking. */
  number: z.number().int(),
  state: TrialState,
  values: ParameterValues,
  /** The metric's last value; `null` until complete. */
  objective: z.number().nullable(),
  /** In plain words, why it ended as it did. */
  reason: z.string().nullable(),
  /** Its run, which is its job; `null` when somebody else runs the trials. */
  runId: Id.nullable(),
  jobState: WorkloadState.nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type Trial = z.infer<typeof Trial>;

export const Sweep = z.object({
  id: Id,
  project: Slug,
  name: z.string(),
  state: SweepState,
  /** In plain words, why it ended as it did. */
  reason: z.string().nullable(),
  /** With placeholders; `null` when somebody else runs the trials. */
  command: z.array(z.string()).nullable(),
  space: SearchSpace,
  sampler: Method,
  pruner: Method.nullable(),
  metric: z.string(),
  direction: Direction,
  seed: z.number().int(),
  maxTrials: z.number().int(),
  parallelism: z.number().int(),
  failureLimit: z.number().int(),
  /** How many of its trials are in each state. */
  trials: z.record(TrialState, z.number().int()),
  best: Trial.nullable(),
  /** Where the runs of its trials are. */
  experimentId: z.string().nullable(),
  submittedBy: z.string(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type Sweep = z.infer<typeof Sweep>;

const Parallelism = z.number().int().min(1).max(1000);
const TrialCount = z.number().int().min(1).max(100_000);

export const CreateSweep = z.strictObject({
  name: Name.optional(),
  /** What each trial runs, its command with placeholders; without it trials are asked for and told. */
  job: SubmitJob.omit({ name: true, rerunOf: true }).optional(),
  /** Parameters that the command does not describe itself. */
  space: SearchSpace.optional(),
  /** "tpe" unless told. */
  sampler: Method.optional(),
  /** None unless told. */
  pruner: Method.optional(),
  /** The metric that trials log; its last value counts. */
  metric: z.string().min(1).max(250),
  direction: Direction,
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  maxTrials: TrialCount,
  /** Trials at a time; 2 unless told. */
  parallelism: Parallelism.optional(),
  /** The sweep stops when so many trials have ended and every one failed; 3 unless told. */
  failureLimit: z.number().int().min(1).max(1000).optional(),
});
export type CreateSweep = z.infer<typeof CreateSweep>;

/** More trials, and how many at a time from now on. */
export const ExtendSweep = z.strictObject({
  trials: TrialCount,
  parallelism: Parallelism.optional(),
});
export type ExtendSweep = z.infer<typeof ExtendSweep>;

const Step = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What whoever runs a trial says of it: a value on the way, or its end. */
export const TellTrial = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("running"), step: Step, value: z.number() }),
  z.strictObject({ state: z.literal("complete"), value: z.number() }),
  z.strictObject({ state: z.literal("pruned") }),
  z.strictObject({ state: z.literal("failed"), reason: z.string().max(1000).optional() }),
]);
export type TellTrial = z.infer<typeof TellTrial>;

export const ToldTrial = z.object({
  trial: Trial,
  /** Why the trial should end now, if it should; whoever runs it ends it and tells "pruned". */
  prune: z.string().nullable(),
});
export type ToldTrial = z.infer<typeof ToldTrial>;

const path = "/api/v1/projects/{project}/sweeps";
const tag = "Sweeps";

export const createSweep = defineEndpoint({
  id: "createSweep",
  method: "POST",
  path,
  tag,
  summary: "Start a sweep: its trials run as jobs, or are asked for and told",
  action: "sweep.write",
  params: ProjectParams,
  body: CreateSweep,
  status: 201,
  response: Sweep,
  errors: ["failed_precondition"],
});

export const listSweeps = defineEndpoint({
  id: "listSweeps",
  method: "GET",
  path,
  tag,
  summary: "Sweeps, newest first",
  action: "sweep.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Sweep),
});

export const getSweep = defineEndpoint({
  id: "getSweep",
  method: "GET",
  path: `${path}/{id}`,
  tag,
  summary: "A sweep, with its best trial so far",
  action: "sweep.read",
  params: ProjectIdParams,
  status: 200,
  response: Sweep,
});

export const listTrials = defineEndpoint({
  id: "listTrials",
  method: "GET",
  path: `${path}/{id}/trials`,
  tag,
  summary: "A sweep's trials, in the order of asking",
  action: "sweep.read",
  params: ProjectIdParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Trial),
});

export const pauseSweep = defineEndpoint({
  id: "pauseSweep",
  method: "POST",
  path: `${path}/{id}/pause`,
  tag,
  summary: "Start no more trials; those that run go on",
  action: "sweep.write",
  params: ProjectIdParams,
  status: 200,
  response: Sweep,
  errors: ["failed_precondition"],
});

export const resumeSweep = defineEndpoint({
  id: "resumeSweep",
  method: "POST",
  path: `${path}/{id}/resume`,
  tag,
  summary: "Go on with a paused sweep",
  action: "sweep.write",
  params: ProjectIdParams,
  status: 200,
  response: Sweep,
  errors: ["failed_precondition"],
});

export const extendSweep = defineEndpoint({
  id: "extendSweep",
  method: "POST",
  path: `${path}/{id}/extend`,
  tag,
  summary: "Allow more trials; a finished sweep goes on with what it has learnt",
  action: "sweep.write",
  params: ProjectIdParams,
  body: ExtendSweep,
  status: 200,
  response: Sweep,
  errors: ["failed_precondition"],
});

export const cancelSweep = defineEndpoint({
  id: "cancelSweep",
  method: "POST",
  path: `${path}/{id}/cancel`,
  tag,
  summary: "End a sweep and every trial that runs; an ended one stays as it is",
  action: "sweep.write",
  params: ProjectIdParams,
  status: 202,
  response: Sweep,
});

export const askTrial = defineEndpoint({
  id: "askTrial",
  method: "POST",
  path: `${path}/{id}/ask`,
  tag,
  summary: "The next trial of a sweep without a command, for the caller to run",
  action: "sweep.write",
  params: ProjectIdParams,
  status: 201,
  response: Trial,
  errors: ["failed_precondition"],
});

export const tellTrial = defineEndpoint({
  id: "tellTrial",
  method: "POST",
  path: `${path}/{id}/trials/{number}/tell`,
  tag,
  summary: "Say how a trial that was asked for goes, or how it ended",
  action: "sweep.write",
  params: ProjectIdParams.extend({
    number: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
  body: TellTrial,
  status: 200,
  response: ToldTrial,
  errors: ["failed_precondition"],
});
