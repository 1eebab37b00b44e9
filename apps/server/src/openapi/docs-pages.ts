import swaggerUi from "@fastify/swagger-ui";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { PlatformSettings } from "@tessera/usecases/platform/platform";
import { buildDocument } from "./build-document.ts";

// The page writes its styles as it runs; everything that it loads is ours.
const docsPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/** The API's description: as OpenAPI at /api/v1/openapi.json, and as a page at /docs. */
export function registerDocs(
  app: FastifyInstance,
  settings: PlatformSettings,
  sessionCookie: string,
): void {
  const document = buildDocument({ ...settings, sessionCookie });
  const text = JSON.stringify(document);
  app.get("/api/v1/openapi.json", async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(text),
  );
  void app.register(async (scope) => {
    await scope.register(swagger, {
      mode: "static",
      specification: { document: document as never },
    });
    await scope.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: docsPolicy,
      uiConfig: { deepLinking: true, docExpansion: "list", tryItOutEnabled: false },
      theme: { title: "Tessera API" },
    });
  });
}
