import { ErrorCode, PlatformError } from "@tessera/contracts/errors";
import { invalidParameter } from "@tessera/mlflow/errors";
import fastify from "fastify";
import { expect, test } from "vitest";
import { sendMlflowError } from "./mlflow-failure.ts";

async function answerTo(error: unknown) {
  const app = fastify();
  app.setErrorHandler((thrown, request, reply) => sendMlflowError(thrown, request, reply));
  app.get("/", async () => {
    throw error;
  });
  const response = await app.inject({ url: "/" });
  return { status: response.statusCode, body: response.json<unknown>(), headers: response.headers };
}

test.each([
  ["invalid_argument", 400, "INVALID_PARAMETER_VALUE"],
  ["unauthenticated", 401, "UNAUTHENTICATED"],
  ["permission_denied", 403, "PERMISSION_DENIED"],
  ["not_found", 404, "RESOURCE_DOES_NOT_EXIST"],
  ["conflict", 400, "RESOURCE_ALREADY_EXISTS"],
  ["failed_precondition", 400, "INVALID_PARAMETER_VALUE"],
  ["too_large", 413, "INVALID_PARAMETER_VALUE"],
  ["unsupported_media_type", 400, "INVALID_PARAMETER_VALUE"],
  ["rate_limited", 429, "REQUEST_LIMIT_EXCEEDED"],
  // Not 429: the client would try again for minutes, and say nothing of the disk.
  ["disk_full", 507, "RESOURCE_EXHAUSTED"],
  ["unavailable", 503, "TEMPORARILY_UNAVAILABLE"],
  ["cancelled", 499, "CANCELLED"],
  ["internal", 500, "INTERNAL_ERROR"],
] as const)("%s is %i %s", async (code, status, name) => {
  const answer = await answerTo(new PlatformError(code, "what happened"));
  expect(answer).toMatchObject({ status, body: { error_code: name, message: "what happened" } });
});

test("every code of ours has a name", async () => {
  for (const code of ErrorCode.options) {
    const { body } = await answerTo(new PlatformError(code, "x"));
    expect(body).toMatchObject({ error_code: expect.stringMatching(/^[A-Z_]+$/) });
  }
});

test("the protocol's own errors go as they are, and unknown ones tell nothing", async () => {
  const own = await answerTo(invalidParameter("Invalid path"));
  expect(own.body).toEqual({ error_code: "INVALID_PARAMETER_VALUE", message: "Invalid path" });
  const unknown = await answerTo(new Error("secret of the house"));
  expect(unknown.status).toBe(500);
  expect(JSON.stringify(unknown.body)).not.toMatch(/secret/);
  const busy = await answerTo(new PlatformError("unavailable", "x"));
  expect(busy.headers["retry-after"]).toBe("2");
});
