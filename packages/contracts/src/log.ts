import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { ProjectIdParams, Timestamp } from "./fields.ts";

export const LogStream = z.enum(["stdout", "stderr", "system"]);
export type LogStream = z.infer<typeof LogStream>;

/**
 * A line of a job's output. `number` counts from 0 over all attempts' streams as they arrived, or
 * over all attempts of the one stream that was asked for.
 */
export const LogLine = z.object({
  number: z.number().int(),
  attempt: z.number().int(),
  stream: LogStream,
  at: Timestamp,
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;

export const LogPage = z.object({
  lines: z.array(LogLine),
  /** Lines so far. */
  total: z.number().int(),
  /** Whether no more will come. */
  complete: z.boolean(),
});
export type LogPage = z.infer<typeof LogPage>;

const path = "/api/v1/projects/{project}/jobs";
const tag = "Jobs";

const only = LogStream.optional().describe("this stream alone; its lines are then counted alone");

export const getJobLog = defineEndpoint({
  id: "getJobLog",
  method: "GET",
  path: `${path}/{id}/logs`,
  tag,
  summary: "Lines from a line number on; negative counts from the end",
  action: "job.read",
  params: ProjectIdParams,
  query: z.strictObject({
    from: z.coerce.number().int().default(0),
    limit: z.coerce.number().int().min(1).max(5000).default(1000),
    stream: only,
  }),
  status: 200,
  response: LogPage,
});

export const searchJobLog = defineEndpoint({
  id: "searchJobLog",
  method: "GET",
  path: `${path}/{id}/logs/search`,
  tag,
  summary: "Lines that contain a text, without regard to case",
  action: "job.read",
  params: ProjectIdParams,
  query: z.strictObject({
    q: z.string().min(1).max(500),
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
    stream: only,
  }),
  status: 200,
  response: z.object({
    lines: z.array(LogLine),
    /** Where to go on searching; absent at the end. */
    next: z.number().int().optional(),
  }),
});

export const streamJobLog = defineEndpoint({
  id: "streamJobLog",
  method: "GET",
  path: `${path}/{id}/logs/stream`,
  tag,
  summary:
    "Lines as they come (server-sent events; Last-Event-ID resumes); ends with an `end` event",
  action: "job.read",
  params: ProjectIdParams,
  query: z.strictObject({ from: z.coerce.number().int().min(0).default(0), stream: only }),
  status: 200,
  responseWire: "events",
});

export const downloadJobLog = defineEndpoint({
  id: "downloadJobLog",
  method: "GET",
  path: `${path}/{id}/logs/download`,
  tag,
  summary: "The whole log as text",
  action: "job.read",
  params: ProjectIdParams,
  status: 200,
  responseWire: "stream",
});
