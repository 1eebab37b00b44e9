import { isUtf8 } from "node:buffer";
import { endpointNotFound } from "@tessera/mlflow/faults";
import {
  type Fields,
  readBody,
  readQuery,
  requireJsonContentType,
} from "@tessera/mlflow/json-rules";
import { MlflowError, notFound } from "@tessera/mlflow/errors";
import { optionalString } from "@tessera/mlflow/wire/fields";
import { authorizeAccount } from "@tessera/usecases/identity/authorize";
import { findHomeProject } from "@tessera/usecases/identity/home-project";
import type { Context } from "@tessera/usecases/platform/platform";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ContextOf } from "../http/authenticate.ts";
import { checkQuery } from "../http/check-query.ts";
import { mlflowEndpoints } from "./all-endpoints.ts";
import {
  deleteFromProxy,
  getFromProxy,
  listProxy,
  type ProxyCall,
  putToProxy,
} from "./artifact-proxy.ts";
import type { MlflowEndpoint } from "./endpoint.ts";
import { sendMlflowError } from "./mlflow-failure.ts";

/** A log-batch of the protocol's largest size fits well into this. */
const JSON_LIMIT = 32 * 1024 * 1024;
/** Clients compare features with this; it is the release whose protocol is spoken. */
const PROTOCOL_VERSION = "3.11.1";

/** The addresses of one MLflow server: the bare origin's, and each project's own. */
const roots = ["", "/p/:project"] as const;
const prefixes = ["/api/2.0", "/ajax-api/2.0"] as const;

function wildcardOf(request: FastifyRequest): string {
  const { "*": rest = "" } = request.params as { "*"?: string };
  return rest;
}

/** The project that an address names; the bare one means the caller's own. */
async function projectOf(ctx: Context, request: FastifyRequest): Promise<string> {
  const { project } = request.params as { project?: string };
  if (project !== undefined) return project;
  const home = await findHomeProject(ctx);
  if (home !== null) return home.slug;
  throw notFound("You have no project of your own; use a project's tracking address, /p/<project>");
}

function sentFields(request: FastifyRequest, endpoint: MlflowEndpoint): Fields {
  if (request.method === "GET") return readQuery(request.query as Fields, endpoint.lists ?? []);
  // What is deleted may be named by its address alone.
  if (request.method === "DELETE" && request.body === undefined) return {};
  requireJsonContentType(request.headers["content-type"]);
  return readBody(request.body);
}

/** What was sent, and what the address names. */
function fieldsOf(request: FastifyRequest, endpoint: MlflowEndpoint): Fields {
  const { project: _, ...named } = request.params as Record<string, string>;
  return { ...sentFields(request, endpoint), ...named };
}

/** Finds out who calls before the body is read: strangers do not make us parse megabytes. */
function authenticator(contextOf: ContextOf) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    checkQuery(request.url);
    const ctx = await contextOf(request, reply);
    authorizeAccount(ctx, "signed-in");
    request.ctx = ctx;
  };
}

function readJson(
  _request: FastifyRequest,
  body: Buffer,
  done: (e: Error | null, b?: string) => void,
) {
  if (isUtf8(body)) done(null, body.toString("utf8"));
  else done(new MlflowError("BAD_REQUEST", "Bad Request. The body is not valid UTF-8."));
}

function registerEndpoints(app: FastifyInstance, contextOf: ContextOf): void {
  for (const root of roots) {
    for (const prefix of prefixes) {
      for (const endpoint of mlflowEndpoints) {
        app.route({
          method: [...endpoint.methods],
          url: `${root}${prefix}/${endpoint.path}`,
          onRequest: authenticator(contextOf),
          handler: async (request, reply) => {
            const { ctx } = request;
            const fields = fieldsOf(request, endpoint);
            const project = await projectOf(ctx, request);
            reply.type("application/json");
            return JSON.stringify(await endpoint.handle({ ctx, project, fields }));
          },
        });
      }
    }
  }
}

function registerProxy(app: FastifyInstance, contextOf: ContextOf): void {
  const answer =
    (handle: (call: ProxyCall) => Promise<object>, pathOf: (request: FastifyRequest) => string) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<object> => {
      const { ctx } = request;
      const project = await projectOf(ctx, request);
      return handle({ ctx, project, path: pathOf(request), request, reply });
    };
  const queried = (request: FastifyRequest): string =>
    optionalString(readQuery(request.query as Fields, []), "path") ?? "";
  app.addHook("onRequest", authenticator(contextOf));
  for (const root of roots) {
    for (const prefix of prefixes) {
      const url = `${root}${prefix}/mlflow-artifacts/artifacts`;
      app.get(url, answer(listProxy, queried));
      app.get(`${url}/*`, answer(getFromProxy, wildcardOf));
      app.delete(`${url}/*`, answer(deleteFromProxy, wildcardOf));
      app.put(`${url}/*`, answer(putToProxy, wildcardOf));
    }
  }
}

function registerMeta(app: FastifyInstance): void {
  for (const root of roots) {
    app.get(`${root}/health`, async (_request, reply) => reply.type("text/plain").send("OK"));
    app.get(`${root}/version`, async (_request, reply) =>
      reply.type("text/plain").send(PROTOCOL_VERSION),
    );
    for (const prefix of ["/api", "/ajax-api"]) {
      app.get(`${root}${prefix}/3.0/mlflow/server-info`, async () => ({
        store_type: "SqlStore",
        workspaces_enabled: false,
        trace_archival_enabled: false,
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        features_enabled: { gateway: false },
      }));
    }
  }
}

/** Unknown addresses of the protocol answer with its own error name, on which clients fall back. */
function registerUnknown(app: FastifyInstance): void {
  for (const root of roots) {
    for (const version of ["2.0", "3.0"]) {
      for (const api of ["api", "ajax-api"]) {
        app.all(`${root}/${api}/${version}/*`, async (request) => {
          throw endpointNotFound(request.url.split("?")[0] ?? "");
        });
      }
    }
  }
}

/** Serves the MLflow protocol: for each project at `/p/<slug>`, and at the bare origin. */
export function registerMlflow(app: FastifyInstance, contextOf: ContextOf): void {
  void app.register(async (json) => {
    json.setErrorHandler((error, request, reply) => sendMlflowError(error, request, reply));
    json.removeAllContentTypeParsers();
    json.addContentTypeParser(
      "application/json",
      { parseAs: "buffer", bodyLimit: JSON_LIMIT },
      readJson,
    );
    json.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    registerEndpoints(json, contextOf);
    registerMeta(json);
    registerUnknown(json);
  });
  // Files come as they are, also those that say that they are JSON.
  void app.register(async (files) => {
    files.setErrorHandler((error, request, reply) => sendMlflowError(error, request, reply));
    files.removeAllContentTypeParsers();
    files.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    registerProxy(files, contextOf);
  });
}
