import { type ErrorCode, httpStatusOf, PlatformError } from "@tessera/contracts/errors";
import { countAttempt } from "@tessera/usecases/identity/count-attempt";
import { clientAddressHeader, type SignIn } from "@tessera/usecases/identity/sign-in";
import type { Platform } from "@tessera/usecases/platform/platform";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problemOf } from "./problem.ts";

const bodyLimit = 64 * 1024;

/** Answers below /api/auth: signing in and out. Its errors look like those of the REST API. */
export function registerAuthRoutes(app: FastifyInstance, platform: Platform, signIn: SignIn): void {
  const { publicUrl } = platform.settings;
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.route({
      method: ["GET", "POST"],
      url: "/api/auth/*",
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const email = emailIn(jsonBody(request));
        if (email !== undefined) await countAttempt(platform, email);
        const response = await signIn.handle(fetchRequest(request, publicUrl));
        return sendResponse(response, request, reply);
      },
    });
  });
}

/** The JSON of a body; undefined when it has none or is of another kind. */
function jsonBody({ headers, body }: FastifyRequest): unknown {
  if (!(body instanceof Buffer) || !headers["content-type"]?.includes("json")) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw new PlatformError("invalid_argument", "The body is not JSON", { cause: error });
  }
}

function emailIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("email" in body)) return undefined;
  return typeof body.email === "string" ? body.email : undefined;
}

function fetchRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.delete("content-length");
  headers.set(clientAddressHeader, request.ip);
  const body = request.body instanceof Buffer && request.body.length > 0 ? request.body : null;
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
}

async function sendResponse(
  response: Response,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  reply.header("cache-control", "no-store");
  const location = response.headers.get("location");
  if (location !== null) reply.header("location", location);
  if (response.status >= 400) return sendFailure(response, request, reply);
  const type = response.headers.get("content-type");
  if (type !== null) reply.type(type);
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
}

const codeOfStatus: Record<number, ErrorCode> = Object.fromEntries(
  Object.entries(httpStatusOf)
    .toReversed()
    .map(([code, status]) => [status, code as ErrorCode]),
);

async function sendFailure(
  response: Response,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const retryAfter = response.headers.get("x-retry-after");
  if (retryAfter !== null) reply.header("retry-after", retryAfter);
  const code =
    codeOfStatus[response.status] ?? (response.status < 500 ? "invalid_argument" : "internal");
  const told = messageIn(await response.text());
  const message = told ?? (code === "not_found" ? "There is no such way to sign in" : code);
  if (code === "internal") request.log.error({ status: response.status }, "Sign-in failed");
  const problem = problemOf({ code, message }, request.id);
  // Clients made for better-auth look for "message".
  return reply
    .code(problem.status)
    .type("application/problem+json")
    .send(JSON.stringify({ ...problem, message: problem.detail }));
}

function messageIn(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { message?: unknown };
    return typeof body.message === "string" ? body.message : undefined;
  } catch {
    return undefined;
  }
}
