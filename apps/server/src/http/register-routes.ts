import type { Endpoint } from "@tessera/contracts/endpoint";
import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "@tessera/usecases/platform/platform";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { issuesOf } from "./problem.ts";
import type { Route } from "./route.ts";

/** Finds out who is calling and makes the context of the request. */
export type ContextOf = (request: FastifyRequest) => Promise<Context>;

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

function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

async function answer(
  { endpoint, handle }: Route,
  ctx: Context,
  { request, reply }: { request: FastifyRequest; reply: Parameters<Route["handle"]>[1]["reply"] },
): Promise<unknown> {
  const result = await handle(ctx, {
    params: parsePart(endpoint.params, request.params, "") as never,
    query: parsePart(endpoint.query, request.query, "") as never,
    body: parsePart(endpoint.body, request.body ?? {}, "") as never,
    request,
    reply,
  });
  if (endpoint.responseWire !== undefined) return reply;
  reply.code(endpoint.status);
  return endpoint.response === undefined ? reply.send() : result;
}

/** Serves every route of the REST API: parse, authenticate, call, present. */
export function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  contextOf: ContextOf,
): void {
  for (const each of routes) {
    const { endpoint } = each;
    app.route({
      method: endpoint.method,
      url: fastifyPath(endpoint.path),
      config: { endpoint },
      handler: async (request, reply) => {
        const ctx = await contextOf(request);
        return answer(each, ctx, { request, reply });
      },
    });
  }
}

declare module "fastify" {
  interface FastifyContextConfig {
    endpoint?: Endpoint;
  }
}
