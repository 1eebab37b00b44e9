import swaggerUi from "@fastify/swagger-ui";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { PlatformSettings } from "@tessera/usecases/platform/platform";
import { buildDocument } from "./build-document.ts";

// The page writes its styles as it runs; everything that it loads is ours.
const docsPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

// The page draws itself after it is loaded, when the browser has long looked for the anchor, and
// would take the anchor for one of its own.
const anchorScript = `
const wanted = location.hash;
if (wanted.startsWith("#errors-")) {
  history.replaceState(null, "", location.pathname + location.search);
  const drawing = new MutationObserver(() => {
    const target = document.getElementById(wanted.slice(1));
    if (target === null || document.querySelector(".opblock") === null) return;
    drawing.disconnect();
    history.replaceState(null, "", wanted);
    target.parentElement.classList.add("asked");
    target.parentElement.scrollIntoView({ block: "center" });
  });
  drawing.observe(document.body, { childList: true, subtree: true });
}`;

const styles = `
.swagger-ui .topbar { display: none }
.swagger-ui .info li { margin: 0.35rem 0; line-height: 1.6 }
.swagger-ui .info code { padding: 0.1rem 0.3rem }
.swagger-ui .info .asked { outline: 2px solid currentColor; outline-offset: 4px; border-radius: 4px }`;

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
      theme: {
        title: "Tessera API",
        js: [{ filename: "anchors.js", content: anchorScript }],
        css: [{ filename: "tessera.css", content: styles }],
      },
    });
  });
}
