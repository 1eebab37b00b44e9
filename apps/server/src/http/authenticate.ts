import { PlatformError } from "@tessera/contracts/errors";
import { authenticateSession } from "@tessera/usecases/identity/authenticate-session";
import { authenticateToken } from "@tessera/usecases/identity/authenticate-token";
import type { SessionCookie } from "@tessera/usecases/identity/session-cookie";
import type { Actor, Context, Platform } from "@tessera/usecases/platform/platform";
import type { FastifyReply, FastifyRequest } from "fastify";
import { checkSameOrigin } from "./own-origins.ts";

/** Finds out who is calling and makes the context of the request. */
export type ContextOf = (request: FastifyRequest, reply?: FastifyReply) => Promise<Context>;

/**
 * Who is calling: by token (Bearer, or the password of Basic), else by session cookie, else
 * nobody. Throws unauthenticated for a token that is not good; a session that ended is nobody.
 */
export function createContextOf(platform: Platform, cookie: SessionCookie): ContextOf {
  return async (request, reply) => {
    const token = tokenOf(request.headers.authorization);
    if (token !== undefined)
      return { ...platform, actor: await authenticateToken(platform, token) };
    return { ...platform, actor: await sessionActor(platform, cookie, { request, reply }) };
  };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply | undefined;
}

async function sessionActor(
  platform: Platform,
  cookie: SessionCookie,
  { request, reply }: Exchange,
): Promise<Actor> {
  const token = cookie.read(request.headers.cookie);
  const session = token === undefined ? undefined : await authenticateSession(platform, token);
  if (token === undefined || session === undefined) return { kind: "anonymous" };
  checkSameOrigin(request, platform.settings);
  if (session.movedTo) reply?.header("set-cookie", cookie.write(token, session.movedTo));
  return session.actor;
}

function tokenOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [scheme, value = ""] = header.trim().split(/\s+/, 2);
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() === "basic") {
    const pair = Buffer.from(value, "base64").toString("utf8");
    return pair.slice(pair.indexOf(":") + 1);
  }
  throw new PlatformError("unauthenticated", "Authorization must be Bearer or Basic");
}
