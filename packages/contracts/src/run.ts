import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  LongPageQuery,
  Name,
  PageQuery,
  pageOf,
  PageToken,
  ProjectParams,
  Slug,
  Timestamp,
} from "./fields.ts";
import { WorkloadState } from "./job.ts";

/** A run's id; runs that came from elsewhere may have other forms than ours. */
export const RunId = z.string().regex(/^[a-zA-Z0-9][\w-]{0,255}$/, "must be a run id");

/** A number that JSON cannot hold travels as "NaN", "Infinity" or "-Infinity". */
export const MetricValue = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
export type MetricValue = z.infer<typeof MetricValue>;

export const LatestMetric = z.object({
  key: z.string(),
  value: MetricValue,
  step: z.number().int(),
  at: Timestamp,
  min: MetricValue.nullable(),
  max: MetricValue.nullable(),
  count: z.number().int(),
});
export type LatestMetric = z.infer<typeof LatestMetric>;

/** A run as tables show it: the job's state when it has a job, else the tracked status. */
export const Run = z.object({
  id: RunId,
  project: Slug,
  name: z.string(),
  experimentId: z.string(),
  experimentName: z.string(),
  state: WorkloadState,
  /** In plain words, when there is something to say. */
  reason: z.string().nullable(),
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  user: z.string(),
  deleted: z.boolean(),
  /** Whether the platform ran it, so that logs, attempts and code are known. */
  hasJob: z.boolean(),
  metrics: z.array(LatestMetric),
  params: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
});
export type Run = z.infer<typeof Run>;

export const RunsQuery = z.strictObject({
  /** MLflow's filter grammar. */
  filter: z.string().max(10_000).optional(),
  /**
   * MLflow's order clauses, such as "metrics.loss ASC", and tables' own: attributes.duration,
   * attributes.experiment_name, min(metrics.loss), max(metrics.loss). Params that are numbers are
   * ordered as numbers.
   */
  orderBy: z.array(z.string().max(1000)).max(10).optional(),
  experimentIds: z.array(z.string().max(64)).max(100).optional(),
  view: z.enum(["active", "deleted", "all"]).default("active"),
  limit: z.number().int().min(1).max(5000).default(200),
  pageToken: PageToken.optional(),
});
export type RunsQuery = z.infer<typeof RunsQuery>;

export const RunsPage = z.object({
  items: z.array(Run),
  nextPageToken: PageToken.optional(),
  /** Runs that match, and runs in all, so that a filter's effect is plain. */
  matched: z.number().int(),
  total: z.number().int(),
});
export type RunsPage = z.infer<typeof RunsPage>;

export const RunKeys = z.object({
  metrics: z.array(z.string()),
  params: z.array(z.string()),
  tags: z.array(z.string()),
});
export type RunKeys = z.infer<typeof RunKeys>;

export const Experiment = z.object({
  id: z.string(),
  name: z.string(),
  deleted: z.boolean(),
  runCount: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Experiment = z.infer<typeof Experiment>;

export const UpdateRun = z.strictObject({
  name: Name.optional(),
  /** Markdown; kept as MLflow's note tag. */
  note: z.string().max(8000).optional(),
  /** `null` removes the tag. */
  tags: z.record(z.string().min(1).max(250), z.string().max(8000).nullable()).optional(),
});
export type UpdateRun = z.infer<typeof UpdateRun>;

export const ChartAxis = z.enum(["step", "time", "relative"]);
export type ChartAxis = z.infer<typeof ChartAxis>;

export const ChartQuery = z.strictObject({
  runIds: z.array(RunId).min(1).max(500),
  keys: z.array(z.string().min(1).max(250)).min(1).max(50),
  axis: ChartAxis.default("step"),
  /** At most so many points a line. */
  buckets: z.number().int().min(2).max(5000).default(600),
  /** Bounds of x: steps, or milliseconds for time and relative. */
  from: z.number().optional(),
  to: z.number().optional(),
});
export type ChartQuery = z.infer<typeof ChartQuery>;

/** Columns of equal length; one entry a bucket. `x` is the bucket's last point's. */
export const ChartSeries = z.object({
  runId: RunId,
  key: z.string(),
  x: z.array(z.number()),
  mean: z.array(z.number().nullable()),
  min: z.array(z.number().nullable()),
  max: z.array(z.number().nullable()),
  /** Indexes of buckets that hold a NaN or an infinity. */
  notFinite: z.array(z.number().int()),
  /** Points that the series has within the bounds. */
  points: z.number().int(),
});
export type ChartSeries = z.infer<typeof ChartSeries>;

export const Artifact = z.object({
  path: z.string(),
  directory: z.boolean(),
  sizeBytes: z.number().int().nullable(),
});
export type Artifact = z.infer<typeof Artifact>;

/** Text enough to show in place. */
export const ArtifactLink = z.object({
  /** Address on the content host, good until it expires; runs nothing on the dashboard's origin. */
  url: z.string(),
  expiresAt: Timestamp,
});
export type ArtifactLink = z.infer<typeof ArtifactLink>;

export const SystemSample = z.object({
  at: Timestamp,
  cpuPercent: z.number(),
  memoryBytes: z.number(),
});
export type SystemSample = z.infer<typeof SystemSample>;

const path = "/api/v1/projects/{project}/runs";
const tag = "Runs";
const params = z.strictObject({ project: Slug, id: RunId });
const artifactPath = z.string().max(2000);

export const searchRuns = defineEndpoint({
  id: "searchRuns",
  method: "POST",
  path: `${path}/search`,
  tag,
  summary: "Runs by filter and order, with all their params, tags and latest metrics",
  action: "run.read",
  params: ProjectParams,
  body: RunsQuery,
  status: 200,
  response: RunsPage,
});

export const listRunKeys = defineEndpoint({
  id: "listRunKeys",
  method: "GET",
  path: `${path}/keys`,
  tag,
  summary: "Every metric, param and tag name in the project",
  action: "run.read",
  params: ProjectParams,
  status: 200,
  response: RunKeys,
});

export const getRun = defineEndpoint({
  id: "getRun",
  method: "GET",
  path: `${path}/{id}`,
  tag,
  summary: "A run",
  action: "run.read",
  params,
  status: 200,
  response: Run,
});

export const updateRun = defineEndpoint({
  id: "updateRun",
  method: "PATCH",
  path: `${path}/{id}`,
  tag,
  summary: "Rename, annotate or tag a run",
  action: "run.write",
  params,
  body: UpdateRun,
  status: 200,
  response: Run,
});

export const deleteRun = defineEndpoint({
  id: "deleteRun",
  method: "DELETE",
  path: `${path}/{id}`,
  tag,
  summary: "Mark a run as deleted; it can be restored. Refused while its job is active",
  action: "run.delete",
  params,
  status: 204,
  errors: ["failed_precondition"],
});

export const restoreRun = defineEndpoint({
  id: "restoreRun",
  method: "POST",
  path: `${path}/{id}/restore`,
  tag,
  summary: "Bring a deleted run back",
  action: "run.delete",
  params,
  status: 200,
  response: Run,
});

export const chartRuns = defineEndpoint({
  id: "chartRuns",
  method: "POST",
  path: `${path}/chart`,
  tag,
  summary: "Series of many runs, downsampled so that no spike disappears",
  action: "run.read",
  params: ProjectParams,
  body: ChartQuery,
  status: 200,
  response: z.object({ series: z.array(ChartSeries) }),
});

export const listArtifacts = defineEndpoint({
  id: "listArtifacts",
  method: "GET",
  path: `${path}/{id}/artifacts`,
  tag,
  summary: "The entries of one folder of a run's artifacts",
  action: "artifact.read",
  params,
  query: LongPageQuery.extend({ path: artifactPath.default("") }),
  status: 200,
  response: pageOf(Artifact),
});

export const getArtifact = defineEndpoint({
  id: "getArtifact",
  method: "GET",
  path: `${path}/{id}/artifacts/file`,
  tag,
  summary: "The bytes of an artifact, as an attachment; ranges are honoured",
  action: "artifact.read",
  params,
  query: z.strictObject({ path: artifactPath.min(1) }),
  status: 200,
  responseWire: "stream",
});

export const putArtifact = defineEndpoint({
  id: "putArtifact",
  method: "PUT",
  path: `${path}/{id}/artifacts/file`,
  tag,
  summary: "Upload an artifact; the body is the file",
  action: "artifact.write",
  params,
  query: z.strictObject({ path: artifactPath.min(1) }),
  bodyWire: "stream",
  status: 201,
  response: Artifact,
  errors: ["too_large", "disk_full"],
});

export const createArtifactLink = defineEndpoint({
  id: "createArtifactLink",
  method: "POST",
  path: `${path}/{id}/artifacts/link`,
  tag,
  summary: "A short-lived address on the content host, for previews that run code of their own",
  action: "artifact.read",
  params,
  body: z.strictObject({ path: artifactPath.min(1) }),
  status: 201,
  response: ArtifactLink,
});

export const getSystemSamples = defineEndpoint({
  id: "getSystemSamples",
  method: "GET",
  path: `${path}/{id}/system`,
  tag,
  summary: "CPU and memory of the run's job over time",
  action: "run.read",
  params,
  status: 200,
  response: z.object({ items: z.array(SystemSample) }),
});

const experiments = "/api/v1/projects/{project}/experiments";

export const listExperiments = defineEndpoint({
  id: "listExperiments",
  method: "GET",
  path: experiments,
  tag,
  summary: "The project's experiments",
  action: "run.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Experiment),
});

export const createExperiment = defineEndpoint({
  id: "createExperiment",
  method: "POST",
  path: experiments,
  tag,
  summary: "Create an experiment",
  action: "run.write",
  params: ProjectParams,
  body: z.strictObject({ name: z.string().min(1).max(500) }),
  status: 201,
  response: Experiment,
  errors: ["conflict"],
});
