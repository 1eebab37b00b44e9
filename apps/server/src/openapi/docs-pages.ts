import type { FastifyInstance } from "fastify";
import type { PlatformSettings } from "@tessera/usecases/platform/platform";
import { buildDocument, introduction } from "./build-document.ts";
import { errorEntries } from "./error-guide.ts";
import type { ApiDocument } from "./reference/api-document.ts";
import { referencePage } from "./reference/reference-page.ts";

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'";

/** The API's description: as OpenAPI at /api/v1/openapi.json, and as a page at /docs. */
export function registerDocs(
  app: FastifyInstance,
  settings: PlatformSettings,
  sessionCookie: string,
): void {
  const document = buildDocument({ ...settings, sessionCookie });
  const text = JSON.stringify(document);
  const page = referencePage({
    document: document as unknown as ApiDocument,
    introduction,
    errors: errorEntries(),
  });
  app.get("/api/v1/openapi.json", async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(text),
  );
  app.get("/docs", async (_request, reply) =>
    reply.header("content-security-policy", pagePolicy).type("text/html; charset=utf-8").send(page),
  );
}
