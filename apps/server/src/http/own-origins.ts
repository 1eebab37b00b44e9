import { PlatformError } from "@tessera/contracts/errors";
import type { PlatformSettings } from "@tessera/usecases/platform/platform";
import type { FastifyRequest } from "fastify";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a host is one below which user content is served. */
export function isContentHost(
  host: string | undefined,
  { contentHost }: PlatformSettings,
): boolean {
  const name = host?.replace(/:\d+$/, "").toLowerCase() ?? "";
  return name.endsWith(`.${contentHost.toLowerCase()}`);
}

/** All hosts of user content, as a source of a content security policy. */
export function contentSources({ publicUrl, contentHost }: PlatformSettings): string {
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//*.${contentHost}${port === "" ? "" : `:${port}`}`;
}

/**
 * The origins that are ours as a browser sees them: the public one, and the one by which this
 * request reached us, since a machine has many names.
 */
export function ownOrigins(host: string | undefined, settings: PlatformSettings): string[] {
  const own = [new URL(settings.publicUrl).origin];
  if (host === undefined || isContentHost(host, settings)) return own;
  return [...own, `http://${host.toLowerCase()}`, `https://${host.toLowerCase()}`];
}

/**
 * Refuses a request that changes something and was sent by another site's page. For requests that
 * carry a cookie; a token in a header cannot be sent by another site.
 */
export function checkSameOrigin(request: FastifyRequest, settings: PlatformSettings): void {
  if (safeMethods.has(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const own = origin !== undefined && ownOrigins(request.headers.host, settings).includes(origin);
  if (own || (origin === undefined && site === "same-origin")) return;
  throw new PlatformError(
    "permission_denied",
    "A request with a session cookie must come from the dashboard itself; use a token otherwise",
  );
}
