import type { RunningPlatform } from "@tessera/usecases/platform/create-platform";
import { createSeal } from "@tessera/usecases/platform/seal";
import { createSignIn, type OidcSettings } from "@tessera/usecases/identity/sign-in";
import type { FastifyInstance } from "fastify";
import { serveContentHost } from "./content/content-host.ts";
import { registerAuthRoutes } from "./http/auth-routes.ts";
import { createContextOf } from "./http/authenticate.ts";
import { compressAnswers } from "./http/compress-answers.ts";
import { createApp } from "./http/create-app.ts";
import { enableEventStreams } from "./http/event-stream.ts";
import { registerHealth } from "./http/health.ts";
import { registerLinkPages } from "./http/link-pages.ts";
import { contentSources, ownOrigins } from "./http/own-origins.ts";
import { servePagesAsFallback } from "./http/page-fallback.ts";
import { registerRoutes } from "./http/register-routes.ts";
import { serveStaticFiles } from "./http/static-files.ts";
import type { WebPages } from "./http/web-pages.ts";
import { registerDocs } from "./openapi/docs-pages.ts";
import { registerMlflow } from "./mlflow/register-mlflow.ts";
import { allRoutes } from "./routes/all-routes.ts";

export interface ServerOptions {
  readonly platform: RunningPlatform;
  /** Signs cookies and seals what is kept for repeats. */
  readonly secret: string;
  readonly oidc?: OidcSettings | undefined;
  readonly pages?: WebPages | undefined;
  readonly trustedProxies?: readonly string[];
  /** How often a stream of events shows that it lives; every 15 s unless told. */
  readonly heartbeatMs?: number;
}

const heartbeatMs = 15_000;

/** The whole HTTP surface; it does not listen yet. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { platform, secret } = options;
  const { settings } = platform;
  const app = createApp({
    log: platform.log,
    ...(options.trustedProxies ? { trustedProxies: options.trustedProxies } : {}),
  });
  const signIn = createSignIn(platform, {
    secret,
    oidc: options.oidc,
    ownOrigins: (request) => ownOrigins(request?.headers.get("host") ?? undefined, settings),
  });
  const contextOf = createContextOf(platform, signIn.cookie);
  compressAnswers(app);
  serveContentHost(app, { platform, secret });
  enableEventStreams(app, { contextOf, heartbeatMs: options.heartbeatMs ?? heartbeatMs });
  registerHealth(app, platform);
  registerAuthRoutes(app, platform, signIn);
  registerLinkPages(app, platform, signIn.cookie);
  registerRoutes(app, allRoutes, { contextOf, seal: createSeal(secret, "idempotency") });
  registerMlflow(app, contextOf);
  registerDocs(app, settings, signIn.cookie.name);
  if (options.pages) serveStaticFiles(app, options.pages.staticFolder);
  servePagesAsFallback(app, {
    pages: options.pages,
    contentSources: contentSources(settings),
  });
  return app;
}
