import { newId } from "@tessera/kit/ids";
import type { Logger } from "@tessera/kit/logger";
import fastify, { type FastifyInstance, LogController } from "fastify";
import { drainBodies } from "./drain-bodies.ts";
import { acceptJson } from "./json-body.ts";
import { sendProblem } from "./problem.ts";

/** How long requests that are under way may go on once the server stops. */
const lastRequestsMs = 5000;

const JSON_BODY_LIMIT = 16 * 1024 * 1024;

interface AppOptions {
  readonly log: Logger;
  /** Addresses of proxies that tell the caller's address. */
  readonly trustedProxies?: readonly string[];
}

/** A Fastify instance with what every surface shares: ids, errors, streams, header rules. */
export function createApp({ log, trustedProxies = [] }: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    genReqId: () => newId(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BODY_LIMIT,
    routerOptions: { maxParamLength: 4096 },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    forceCloseConnections: "idle",
  }) as unknown as FastifyInstance;
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  acceptJson(app);
  drainBodies(app);
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  app.addHook("preClose", async () => {
    setTimeout(() => app.server.closeAllConnections(), lastRequestsMs).unref();
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "same-origin");
  });
  return app;
}
