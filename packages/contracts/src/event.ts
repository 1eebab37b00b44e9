import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { Id, ProjectParams, Slug, Timestamp } from "./fields.ts";

/** What can happen; the subject's id is in `subject`. */
export const EventType = z.enum([
  "job.changed",
  "sweep.changed",
  "run.changed",
  "environment.changed",
  "model.changed",
  "snapshot.changed",
  "dataset.changed",
  "project.changed",
  "member.changed",
  "queue.changed",
]);
export type EventType = z.infer<typeof EventType>;

/** Something that changed; the receiver asks for the noun itself. */
export const PlatformEvent = z.object({
  id: z.string(),
  type: EventType,
  project: Slug.nullable(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
  at: Timestamp,
});
export type PlatformEvent = z.infer<typeof PlatformEvent>;

/** One line of the audit log. */
export const AuditEntry = z.object({
  id: Id,
  at: Timestamp,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  project: Slug.nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const tag = "Events";

export const streamProjectEvents = defineEndpoint({
  id: "streamProjectEvents",
  method: "GET",
  path: "/api/v1/projects/{project}/events",
  tag,
  summary: "What changes in a project, as it does (server-sent events; Last-Event-ID resumes)",
  action: "event.read",
  params: ProjectParams,
  status: 200,
  responseWire: "events",
});

export const streamEvents = defineEndpoint({
  id: "streamEvents",
  method: "GET",
  path: "/api/v1/events",
  tag,
  summary: "What changes in every project that the caller can see",
  action: "signed-in",
  status: 200,
  responseWire: "events",
});
