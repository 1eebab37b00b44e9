import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { Digest, Id, PageQuery, pageOf, ProjectParams, Slug, Timestamp } from "./fields.ts";

export const EnvironmentState = z.enum(["queued", "resolving", "building", "ready", "failed"]);
export type EnvironmentState = z.infer<typeof EnvironmentState>;

/** A numbered, immutable state of an environment. */
export const EnvironmentRevision = z.object({
  id: Id,
  environment: z.string(),
  number: z.number().int(),
  kind: z.enum(["python", "image"]),
  state: EnvironmentState,
  /** The line of the build's log that says why it failed. */
  error: z.string().nullable(),
  requirements: z.string().nullable(),
  /** Every package at its exact version, one a line; `null` until resolved. */
  lock: z.string().nullable(),
  lockDigest: Digest.nullable(),
  image: z.string().nullable(),
  createdAt: Timestamp,
  readyAt: Timestamp.nullable(),
});
export type EnvironmentRevision = z.infer<typeof EnvironmentRevision>;

export const Environment = z.object({
  id: Id,
  name: Slug,
  latest: EnvironmentRevision,
  createdAt: Timestamp,
});
export type Environment = z.infer<typeof Environment>;

const Requirements = z.string().max(200_000);
const Image = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\w./:@-]+$/, "must be an image reference");

export const EnvironmentSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("python"), requirements: Requirements }),
  z.strictObject({ kind: z.literal("image"), image: Image }),
]);
export type EnvironmentSource = z.infer<typeof EnvironmentSource>;

export const PutEnvironment = z.strictObject({ source: EnvironmentSource });
export type PutEnvironment = z.infer<typeof PutEnvironment>;

const path = "/api/v1/projects/{project}/environments";
const tag = "Environments";
const named = z.strictObject({ project: Slug, name: Slug });
const numbered = z.strictObject({
  project: Slug,
  name: Slug,
  number: z.coerce.number().int().min(1),
});

export const listEnvironments = defineEndpoint({
  id: "listEnvironments",
  method: "GET",
  path,
  tag,
  summary: "The project's environments with their latest revisions",
  action: "environment.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Environment),
});

export const putEnvironment = defineEndpoint({
  id: "putEnvironment",
  method: "PUT",
  path: `${path}/{name}`,
  tag,
  summary:
    "Create an environment or give it a new revision; the same source again answers the latest one",
  action: "environment.write",
  params: named,
  body: PutEnvironment,
  status: 200,
  response: Environment,
});

export const getEnvironment = defineEndpoint({
  id: "getEnvironment",
  method: "GET",
  path: `${path}/{name}`,
  tag,
  summary: "An environment",
  action: "environment.read",
  params: named,
  status: 200,
  response: Environment,
});

export const listEnvironmentRevisions = defineEndpoint({
  id: "listEnvironmentRevisions",
  method: "GET",
  path: `${path}/{name}/revisions`,
  tag,
  summary: "All revisions, newest first",
  action: "environment.read",
  params: named,
  query: PageQuery,
  status: 200,
  response: pageOf(EnvironmentRevision),
});

export const getEnvironmentRevision = defineEndpoint({
  id: "getEnvironmentRevision",
  method: "GET",
  path: `${path}/{name}/revisions/{number}`,
  tag,
  summary: "One revision, with its full lock",
  action: "environment.read",
  params: numbered,
  status: 200,
  response: EnvironmentRevision,
});

export const rebuildEnvironmentRevision = defineEndpoint({
  id: "rebuildEnvironmentRevision",
  method: "POST",
  path: `${path}/{name}/revisions/{number}/rebuild`,
  tag,
  summary: "Try a failed build again",
  action: "environment.write",
  params: numbered,
  status: 202,
  response: EnvironmentRevision,
  errors: ["failed_precondition"],
});

export const getEnvironmentLog = defineEndpoint({
  id: "getEnvironmentLog",
  method: "GET",
  path: `${path}/{name}/revisions/{number}/log`,
  tag,
  summary: "The build's log from a byte offset on; live while it builds",
  action: "environment.read",
  params: numbered,
  query: z.strictObject({ offset: z.coerce.number().int().min(0).default(0) }),
  status: 200,
  response: z.object({ text: z.string(), nextOffset: z.number().int(), complete: z.boolean() }),
});
