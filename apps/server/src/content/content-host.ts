import { openArtifactLink } from "@tessera/usecases/tracking/artifact-link";
import type { Platform } from "@tessera/usecases/platform/platform";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../http/problem.ts";
import { contentTypeOf, sendContent } from "../http/send-artifact.ts";

/** What a page of the content host may do: run its own scripts, and nothing beyond itself. */
const POLICY =
  "sandbox allow-scripts allow-popups allow-forms; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

interface ContentHost {
  readonly platform: Platform;
  readonly secret: string;
}

function isContentHost(request: FastifyRequest, contentHost: string): boolean {
  const host = request.hostname.toLowerCase();
  return host.endsWith(`.${contentHost}`) && host !== contentHost;
}

async function answer(
  { platform, secret }: ContentHost,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [, kind, token = ""] = request.url.split("?")[0]?.split("/") ?? [];
  reply.header("content-security-policy", POLICY);
  reply.header("x-content-type-options", "nosniff");
  reply.header("referrer-policy", "no-referrer");
  reply.header("cross-origin-resource-policy", "cross-origin");
  if (kind !== "artifact" || request.method !== "GET") return reply.code(404).send("Not found");
  const artifact = await openArtifactLink(platform, { token, secret });
  reply.header("content-type", contentTypeOf(artifact.name));
  return sendContent(artifact, { request, reply });
}

/**
 * Everything below the content host is user content and nothing else: no page, API or cookie of
 * ours is there, whatever the path.
 */
export function serveContentHost(app: FastifyInstance, host: ContentHost): void {
  const { contentHost } = host.platform.settings;
  app.decorate("contentSecret", host.secret);
  app.addHook("onRequest", async (request, reply) => {
    if (!isContentHost(request, contentHost)) return undefined;
    try {
      return await answer(host, request, reply);
    } catch (error) {
      sendProblem(error, request, reply);
      return reply;
    }
  });
}

declare module "fastify" {
  interface FastifyInstance {
    contentSecret: string;
  }
}
