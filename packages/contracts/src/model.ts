import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { LongPageQuery, PageQuery, pageOf, ProjectParams, Slug, Timestamp } from "./fields.ts";
import { Artifact, RunId } from "./run.ts";

/** A registered model's name; any text without slashes and colons, which addresses need. */
export const ModelName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^/:\p{Cc}]*[^/:\p{Cc}\s.][^/:\p{Cc}]*$/u, "must have a letter, and neither / nor :");

/** A name that points to one version, such as "champion". */
export const ModelAlias = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\p{L}\p{N}_-]+$/u, "must be letters, digits, underscores and dashes")
  .refine((alias) => !/^(latest|v\d+)$/iu.test(alias), "'latest' and 'v1' mean something already");

export const ModelStage = z.enum(["None", "Staging", "Production", "Archived"]);
export type ModelStage = z.infer<typeof ModelStage>;

const VersionNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** Why something was promoted, for those who ask later. */
const Reason = z.string().trim().max(2000);

/** A dataset that the run behind a version read. */
export const ModelDataset = z.object({
  name: z.string(),
  digest: z.string(),
  context: z.string(),
});
export type ModelDataset = z.infer<typeof ModelDataset>;

export const ModelVersion = z.object({
  model: z.string(),
  version: z.number().int(),
  description: z.string(),
  stage: ModelStage,
  aliases: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  /** As it was given: `models:/m-…`, `runs:/…`, or an address elsewhere. */
  source: z.string(),
  /** Where its files lie. */
  storageUri: z.string(),
  loggedModelId: z.string().nullable(),
  /** As the one who registered it said; see `run` for whether it is known here. */
  runId: z.string().nullable(),
  run: z.object({ id: z.string(), name: z.string(), deleted: z.boolean() }).nullable(),
  /** What that run read. */
  datasets: z.array(ModelDataset),
  createdBy: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type ModelVersion = z.infer<typeof ModelVersion>;

export const RegisteredModel = z.object({
  name: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  aliases: z.array(z.object({ alias: z.string(), version: z.number().int() })),
  versionCount: z.number().int(),
  /** The newest. */
  latest: ModelVersion.nullable(),
  createdBy: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type RegisteredModel = z.infer<typeof RegisteredModel>;

/** One input, output or parameter that a model declares. */
export const SignatureField = z.object({
  name: z.string().nullable(),
  /** Such as "double" or "float32 (-1, 64)". */
  type: z.string(),
  required: z.boolean(),
});
export type SignatureField = z.infer<typeof SignatureField>;

export const ModelSignature = z.object({
  inputs: z.array(SignatureField),
  outputs: z.array(SignatureField),
  params: z.array(SignatureField),
});
export type ModelSignature = z.infer<typeof ModelSignature>;

/** What a version's MLmodel file says. */
export const ModelManifest = z.object({
  /** Ways to load it, such as "python_function" and "sklearn". */
  flavors: z.array(z.string()),
  signature: ModelSignature.nullable(),
  sizeBytes: z.number().int().nullable(),
  mlflowVersion: z.string().nullable(),
});
export type ModelManifest = z.infer<typeof ModelManifest>;

/** A change of an alias or a stage, with who made it and why. */
export const ModelPromotion = z.object({
  id: z.string(),
  at: Timestamp,
  actor: z.string(),
  kind: z.enum(["alias.set", "alias.remove", "stage"]),
  /** Of an alias that was removed it is not known. */
  version: z.number().int().nullable(),
  /** The alias or the stage. */
  to: z.string(),
  reason: z.string().nullable(),
});
export type ModelPromotion = z.infer<typeof ModelPromotion>;

/** A model that lies with a run, to be registered. */
export const RunModel = z.object({
  name: z.string(),
  /** What to register it by. */
  source: z.string(),
  loggedModelId: z.string().nullable(),
  ready: z.boolean(),
  createdAt: Timestamp,
  /** Versions that were made of it. */
  registered: z.array(z.object({ model: z.string(), version: z.number().int() })),
});
export type RunModel = z.infer<typeof RunModel>;

export const RegisterVersion = z.strictObject({
  /** `models:/m-…` for a logged model, `runs:/<run>/<path>` for a run's folder, or elsewhere. */
  source: z.string().min(1).max(2000),
  runId: RunId.optional(),
  description: z.string().max(100_000).optional(),
});
export type RegisterVersion = z.infer<typeof RegisterVersion>;

const path = "/api/v1/projects/{project}/models";
const tag = "Models";
const params = z.strictObject({ project: Slug, name: ModelName });
const versionParams = z.strictObject({ project: Slug, name: ModelName, version: VersionNumber });
const aliasParams = z.strictObject({ project: Slug, name: ModelName, alias: ModelAlias });

export const listModels = defineEndpoint({
  id: "listModels",
  method: "GET",
  path,
  tag,
  summary: "The project's registered models by name, each with its newest version",
  action: "model.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(RegisteredModel),
});

export const getModel = defineEndpoint({
  id: "getModel",
  method: "GET",
  path: `${path}/{name}`,
  tag,
  summary: "A registered model",
  action: "model.read",
  params,
  status: 200,
  response: RegisteredModel,
});

export const updateModel = defineEndpoint({
  id: "updateModel",
  method: "PATCH",
  path: `${path}/{name}`,
  tag,
  summary: "Describe a registered model",
  action: "model.write",
  params,
  body: z.strictObject({ description: z.string().max(100_000) }),
  status: 200,
  response: RegisteredModel,
});

export const deleteModel = defineEndpoint({
  id: "deleteModel",
  method: "DELETE",
  path: `${path}/{name}`,
  tag,
  summary: "Delete a registered model with its versions; the files they were made of stay",
  action: "model.delete",
  params,
  status: 204,
});

export const listModelVersions = defineEndpoint({
  id: "listModelVersions",
  method: "GET",
  path: `${path}/{name}/versions`,
  tag,
  summary: "The versions of a model, newest first, with the run and the data behind each",
  action: "model.read",
  params,
  query: PageQuery,
  status: 200,
  response: pageOf(ModelVersion),
});

export const registerModelVersion = defineEndpoint({
  id: "registerModelVersion",
  method: "POST",
  path: `${path}/{name}/versions`,
  tag,
  summary: "Make the next version of a model, and the model when there is none of that name",
  action: "model.write",
  params,
  body: RegisterVersion,
  status: 201,
  response: ModelVersion,
});

export const getModelVersion = defineEndpoint({
  id: "getModelVersion",
  method: "GET",
  path: `${path}/{name}/versions/{version}`,
  tag,
  summary: "A version of a model",
  action: "model.read",
  params: versionParams,
  status: 200,
  response: ModelVersion,
});

export const getModelManifest = defineEndpoint({
  id: "getModelManifest",
  method: "GET",
  path: `${path}/{name}/versions/{version}/manifest`,
  tag,
  summary: "What a version's MLmodel file says: its signature and the ways to load it",
  action: "model.read",
  params: versionParams,
  status: 200,
  response: ModelManifest,
});

export const listModelFiles = defineEndpoint({
  id: "listModelFiles",
  method: "GET",
  path: `${path}/{name}/versions/{version}/files`,
  tag,
  summary: "Every file of a version by its path; none of one whose files lie elsewhere",
  action: "artifact.read",
  params: versionParams,
  query: LongPageQuery,
  status: 200,
  response: pageOf(Artifact),
});

export const getModelFile = defineEndpoint({
  id: "getModelFile",
  method: "GET",
  path: `${path}/{name}/versions/{version}/file`,
  tag,
  summary: "The bytes of a version's file, as an attachment; ranges are honoured",
  action: "artifact.read",
  params: versionParams,
  query: z.strictObject({ path: z.string().min(1).max(2000) }),
  status: 200,
  responseWire: "stream",
});

export const deleteModelVersion = defineEndpoint({
  id: "deleteModelVersion",
  method: "DELETE",
  path: `${path}/{name}/versions/{version}`,
  tag,
  summary: "Delete a version and the aliases that point to it; its number is not given again",
  action: "model.delete",
  params: versionParams,
  status: 204,
});

export const setModelStage = defineEndpoint({
  id: "setModelStage",
  method: "PUT",
  path: `${path}/{name}/versions/{version}/stage`,
  tag,
  summary: "Move a version to a stage, and say why",
  action: "model.promote",
  params: versionParams,
  body: z.strictObject({
    stage: ModelStage,
    /** Whether the versions that are in the stage now leave it for the archive. */
    archiveOthers: z.boolean().default(false),
    reason: Reason.optional(),
  }),
  status: 200,
  response: ModelVersion,
});

export const setModelAlias = defineEndpoint({
  id: "setModelAlias",
  method: "PUT",
  path: `${path}/{name}/aliases/{alias}`,
  tag,
  summary: "Point an alias to a version, and say why",
  action: "model.promote",
  params: aliasParams,
  body: z.strictObject({ version: VersionNumber, reason: Reason.optional() }),
  status: 200,
  response: RegisteredModel,
});

export const removeModelAlias = defineEndpoint({
  id: "removeModelAlias",
  method: "DELETE",
  path: `${path}/{name}/aliases/{alias}`,
  tag,
  summary: "Remove an alias",
  action: "model.promote",
  params: aliasParams,
  query: z.strictObject({ reason: Reason.optional() }),
  status: 204,
});

export const listModelPromotions = defineEndpoint({
  id: "listModelPromotions",
  method: "GET",
  path: `${path}/{name}/promotions`,
  tag,
  summary: "Who moved which alias or stage, when and why; newest first",
  action: "model.read",
  params,
  query: PageQuery,
  status: 200,
  response: pageOf(ModelPromotion),
});

export const listRunModels = defineEndpoint({
  id: "listRunModels",
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{id}/models",
  tag,
  summary: "The models that a run logged, and the versions that were made of them",
  action: "model.read",
  params: z.strictObject({ project: Slug, id: RunId }),
  query: PageQuery,
  status: 200,
  response: pageOf(RunModel),
});
