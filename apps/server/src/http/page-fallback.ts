import { randomBytes } from "node:crypto";
import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WebPages } from "./web-pages.ts";

interface PageOptions {
  /** Undefined when the dashboard is not built. */
  readonly pages: WebPages | undefined;
  /** Where user content comes from, as a source of a content security policy. */
  readonly contentSources: string;
}

/** Paths that belong to programs: what is not there is a problem, not a page. */
const forPrograms = /^\/(?:api|docs|healthz|readyz|link|p\/[^/]+\/(?:ajax-)?api)(?:\/|$)/;

const missingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tessera</title>
<p>The dashboard is not built. Run <code>npm run build</code> and start again.</p></html>`;

/** Everything that no route answers is a page of the dashboard, or nothing. */
export function servePagesAsFallback(app: FastifyInstance, options: PageOptions): void {
  const { pages } = options;
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    if (forPrograms.test(path) || !isRead(request)) {
      throw new PlatformError("not_found", `There is no ${request.method} ${path}`);
    }
    if (pages === undefined) {
      await reply.code(503).type("text/html; charset=utf-8").send(missingPage);
      return;
    }
    await sendPage({ ...options, pages }, request, reply);
  });
}

function isRead({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

async function sendPage(
  { pages, contentSources }: PageOptions & { readonly pages: WebPages },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, contentSources);
  // The dashboard reads both: the nonce goes onto every script that it writes.
  request.raw.headers["content-security-policy"] = policy;
  request.raw.headers["x-nonce"] = nonce;
  reply.hijack();
  reply.raw.setHeader("content-security-policy", policy);
  reply.raw.setHeader("x-content-type-options", "nosniff");
  reply.raw.setHeader("x-frame-options", "DENY");
  reply.raw.setHeader("referrer-policy", "same-origin");
  await pages.handle(request.raw, reply.raw);
}

function pagePolicy(nonce: string, contentSources: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    // Editors and charts write their styles as they run.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${contentSources}`,
    `media-src 'self' blob: ${contentSources}`,
    `frame-src ${contentSources}`,
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
