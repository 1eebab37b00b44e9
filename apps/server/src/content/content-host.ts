import { PlatformError } from "@tessera/contracts/errors";
import type { Platform } from "@tessera/usecases/platform/platform";
import { openArtifactLink } from "@tessera/usecases/tracking/artifact-link";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isContentHost } from "../http/own-origins.ts";
import { sendProblem } from "../http/problem.ts";
import { contentTypeOf, sendContent } from "../http/send-artifact.ts";

/** What a page of the content host may do: run its own scripts, and reach nothing beyond itself. */
const POLICY = [
  "sandbox allow-scripts allow-popups",
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

interface ContentHost {
  readonly platform: Platform;
  readonly secret: string;
}

async function answer(
  { platform, secret }: ContentHost,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [, kind, token = ""] = request.url.split("?")[0]?.split("/") ?? [];
  const isRead = request.method === "GET" || request.method === "HEAD";
  reply.header("content-security-policy", POLICY);
  reply.header("cross-origin-resource-policy", "cross-origin");
  if (kind !== "artifact" || !isRead) throw new PlatformError("not_found", "There is nothing here");
  const [label = ""] = request.hostname.toLowerCase().split(".");
  const artifact = await openArtifactLink(platform, { token, label, secret });
  reply.header("content-type", contentTypeOf(artifact.name));
  return sendContent(artifact, { request, reply });
}

/**
 * Everything below the content host is user content and nothing else: no page, API or cookie of
 * ours is there, whatever the path.
 */
export function serveContentHost(app: FastifyInstance, host: ContentHost): void {
  app.decorate("contentSecret", host.secret);
  app.addHook("onRequest", async (request, reply) => {
    if (!isContentHost(request.hostname, host.platform.settings)) return undefined;
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
