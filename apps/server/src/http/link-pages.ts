import { createHash } from "node:crypto";
import { PlatformError } from "@tessera/contracts/errors";
import { consumeSignInLink } from "@tessera/usecases/identity/consume-sign-in-link";
import type { SessionCookie } from "@tessera/usecases/identity/session-cookie";
import type { Platform } from "@tessera/usecases/platform/platform";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ownOrigins } from "./own-origins.ts";

const submit = "document.forms[0].submit()";
const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; text-align: center }
  button { font: inherit; padding: 0.5rem 1.25rem; border-radius: 0.5rem; cursor: pointer }`;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const policy = [
  "default-src 'none'",
  `script-src ${hashOf(submit)}`,
  `style-src ${hashOf(style)}`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${title} · Tessera</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

// Programs that preview links follow them with GET, so only the form's POST uses the link up.
const askPage = page(
  "Sign in",
  `<form method="post"><p>Signing you in…</p><button>Sign in</button></form>
<script>${submit}</script>`,
);

function refusalPage(message: string): string {
  return page(
    "Sign in",
    `<h1>This link does not work</h1><p>${message}.</p>
<p>Ask for a new one, or <a href="/sign-in">sign in</a> with your password.</p>`,
  );
}

/** `/link/<secret>`: signs the link's user in, once. */
export function registerLinkPages(
  app: FastifyInstance,
  platform: Platform,
  cookie: SessionCookie,
): void {
  void app.register(async (scope) => {
    // The form's body is empty, whatever its type says.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "*",
      { parseAs: "string", bodyLimit: 1024 },
      (_request, _body, done) => done(null, undefined),
    );
    scope.get("/link/:secret", async (_request, reply) => sendPage(reply, 200, askPage));
    scope.post<{ Params: { secret: string } }>("/link/:secret", async (request, reply) => {
      checkOrigin(request, platform);
      const { secret } = request.params;
      try {
        const userAgent = request.headers["user-agent"];
        const signedIn = await consumeSignInLink(
          { ...platform, actor: { kind: "anonymous" } },
          { secret, ipAddress: request.ip, ...(userAgent === undefined ? {} : { userAgent }) },
        );
        reply.header("set-cookie", cookie.write(signedIn.sessionToken, signedIn.expiresAt));
        reply.header("cache-control", "no-store");
        return await reply.redirect(signedIn.redirect, 303);
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== "not_found") throw error;
        return sendPage(reply, 410, refusalPage(error.message));
      }
    });
  });
}

/** Nobody's page but ours may sign a browser in. */
function checkOrigin(request: FastifyRequest, { settings }: Platform): void {
  const { origin, host } = request.headers;
  if (origin === undefined || ownOrigins(host, settings).includes(origin)) return;
  throw new PlatformError("permission_denied", "Open the link itself in a browser");
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-security-policy", policy)
    .header("x-frame-options", "DENY")
    .header("referrer-policy", "no-referrer")
    .send(html);
}
