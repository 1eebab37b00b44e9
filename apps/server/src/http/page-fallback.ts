import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "./problem.ts";
import type { WebPages } from "./web-pages.ts";

/** Paths that belong to programs: what is not there is a problem, not a page. */
const forPrograms = /^\/(?:api|docs|healthz|readyz|link|p\/[^/]+\/(?:ajax-)?api)(?:\/|$)/;

const missingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tessera</title>
<p>The dashboard is not built. Run <code>npm run build</code> and start again.</p></html>`;

/** Everything that no route answers is a page of the dashboard, or nothing. */
export function servePagesAsFallback(app: FastifyInstance, pages: WebPages | undefined): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    if (forPrograms.test(path) || !isRead(request)) {
      const message = `There is no ${request.method} ${path}`;
      sendProblem(new PlatformError("not_found", message), request, reply);
      return;
    }
    if (pages === undefined) {
      await reply.code(503).type("text/html; charset=utf-8").send(missingPage);
      return;
    }
    await sendPage(pages, request, reply);
  });
}

function isRead({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

async function sendPage(
  pages: WebPages,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  for (const [name, value] of Object.entries(pageHeaders)) reply.raw.setHeader(name, value);
  await pages.handle(request.raw, reply.raw);
}

const pageHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "content-security-policy": [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
};
