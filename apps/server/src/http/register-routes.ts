import type { Endpoint } from "@tessera/contracts/endpoint";
import { PlatformError } from "@tessera/contracts/errors";
import { authorizeAccount } from "@tessera/usecases/identity/authorize";
import type { Context } from "@tessera/usecases/platform/platform";
import { runOnce } from "@tessera/usecases/platform/run-once";
import type { Seal } from "@tessera/usecases/platform/seal";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { z } from "zod";
import type { ContextOf } from "./authenticate.ts";
import { checkQuery } from "./check-query.ts";
import { issuesOf } from "./problem.ts";
import type { Call, Route } from "./route.ts";

interface Registration {
  readonly contextOf: ContextOf;
  /** Closes the answers that are kept for repeats of a create. */
  readonly seal: Seal;
}

/** Serves every route of the REST API: authenticate, parse, call, present. */
export function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  registration: Registration,
): void {
  const streams = routes.filter(({ endpoint }) => endpoint.bodyWire === "stream");
  const others = routes.filter(({ endpoint }) => endpoint.bodyWire !== "stream");
  for (const each of others) app.route(routeOptions(each, registration));
  void app.register(async (scope) => {
    // Whatever its type says, the body of an upload reaches its use case as it comes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    for (const each of streams) scope.route(routeOptions(each, registration));
  });
}

function routeOptions(each: Route, { contextOf, seal }: Registration): RouteOptions {
  const { endpoint } = each;
  return {
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    exposeHeadRoute: endpoint.responseWire !== "events",
    config: { endpoint },
    // Before the body is read: strangers do not make us parse megabytes.
    onRequest: async (request, reply) => {
      checkQuery(request.url);
      const ctx = await contextOf(request, reply);
      if (endpoint.action !== "public") authorizeAccount(ctx, "signed-in");
      request.ctx = ctx;
    },
    preValidation: async (request) => checkContentType(endpoint, request),
    handler: async (request, reply) => answer(each, { request, reply, seal }),
  };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly seal: Seal;
}

async function answer(each: Route, { request, reply, seal }: Exchange): Promise<unknown> {
  const { endpoint, handle } = each;
  const call = callOf(endpoint, request, reply);
  const key = idempotencyKey(endpoint, request);
  const { params, query, body } = call;
  const result =
    key === undefined
      ? await handle(request.ctx, call)
      : await runOnce(
          request.ctx,
          { key, seal, request: [endpoint.id, params, query, body] },
          (ctx: Context) => handle(ctx, call),
        );
  if (endpoint.responseWire !== undefined) return reply;
  reply.code(endpoint.status).header("cache-control", "no-store");
  return endpoint.response === undefined ? reply.send() : result;
}

const noQuery = z.strictObject({});

function callOf(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Call<Endpoint> {
  return {
    params: parsePart(endpoint.params, request.params, "") as never,
    query: parsePart(endpoint.query ?? noQuery, request.query, "") as never,
    body: parsePart(endpoint.body, request.body === undefined ? {} : request.body, "") as never,
    request,
    reply,
  };
}

function parsePart(schema: z.ZodType | undefined, value: unknown, root: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, root);
  const first = issues[0];
  throw new PlatformError(
    "invalid_argument",
    first ? `${first.path || "The body"}: ${first.message}` : "The request is not right",
    { issues },
  );
}

/** A body that is not JSON is refused where JSON is wanted; no body at all counts as `{}`. */
function checkContentType(endpoint: Endpoint, request: FastifyRequest): void {
  if (endpoint.body === undefined) return;
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined || type === "application/json") return;
  throw new PlatformError(
    "unsupported_media_type",
    `The body must be application/json, not ${type.slice(0, 100)}`,
  );
}

/** The key of a create that may be repeated; undefined for everything else. */
function idempotencyKey(endpoint: Endpoint, request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined || !isRepeatable(endpoint)) return undefined;
  if (typeof key === "string" && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new PlatformError("invalid_argument", "Idempotency-Key must be 1 to 200 printable signs");
}

/** Whether `Idempotency-Key` means something to an endpoint. */
export function isRepeatable(endpoint: Endpoint): boolean {
  const json = endpoint.bodyWire === undefined && endpoint.responseWire === undefined;
  return endpoint.method === "POST" && endpoint.status === 201 && json;
}

declare module "fastify" {
  interface FastifyContextConfig {
    endpoint?: Endpoint;
  }
  interface FastifyRequest {
    /** Set for routes of the REST API before their body is read. */
    ctx: Context;
  }
}
