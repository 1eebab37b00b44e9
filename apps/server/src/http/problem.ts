import {
  type ErrorCode,
  httpStatusOf,
  PlatformError,
  type Problem,
  type ProblemIssue,
} from "@tessera/contracts/errors";
import { platformErrorOf } from "@tessera/usecases/platform/platform-error-of";
import { MlflowError, type MlflowErrorCode } from "@tessera/mlflow/errors";
import { errorAnchor } from "../openapi/error-guide.ts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";

const titles: Record<ErrorCode, string> = {
  invalid_argument: "The request is not right",
  unauthenticated: "Who are you?",
  permission_denied: "Not allowed",
  not_found: "Not found",
  conflict: "Already there",
  failed_precondition: "Not possible now",
  too_large: "Too large",
  unsupported_media_type: "Unknown kind of content",
  rate_limited: "Too many requests",
  disk_full: "The disk is full",
  unavailable: "Not available right now",
  cancelled: "Cancelled",
  internal: "Something went wrong on our side",
};

const codeOfStatus: Record<number, ErrorCode> = {
  404: "not_found",
  413: "too_large",
  415: "unsupported_media_type",
  429: "rate_limited",
};

/** What is wrong with an input, as places and words. */
export function issuesOf(error: z.ZodError, root: string): ProblemIssue[] {
  return error.issues.map((issue) => ({
    path: [root, ...issue.path.map(String)].filter((part) => part !== "").join("."),
    message: issue.message,
  }));
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

/** Our code for the names that use cases of tracking throw. */
const codeOfName: Partial<Record<MlflowErrorCode, ErrorCode>> = {
  RESOURCE_DOES_NOT_EXIST: "not_found",
  RESOURCE_ALREADY_EXISTS: "conflict",
  PERMISSION_DENIED: "permission_denied",
};

function fromMlflow(error: MlflowError): PlatformError {
  const code = codeOfName[error.code] ?? "invalid_argument";
  const { span } = error;
  return new PlatformError(code, error.message, {
    cause: error,
    ...(span === undefined ? {} : { details: { span: { from: span.from, to: span.to } } }),
  });
}

/** Any thrown thing as an error with a code; what is not ours becomes "internal". */
export function platformErrorFrom(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof MlflowError) return fromMlflow(error);
  const known = platformErrorOf(error);
  if (known !== undefined) return known;
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    const code = codeOfStatus[error.statusCode] ?? "invalid_argument";
    return new PlatformError(code, error.message, { cause: error });
  }
  return new PlatformError("internal", "An unexpected error; the server's log has the details", {
    cause: error,
  });
}

/** The body of an error answer. */
export function problemOf(
  failure: Pick<PlatformError, "code" | "message"> & Partial<PlatformError>,
  requestId: string,
): Problem {
  return {
    type: `/docs#${errorAnchor(failure.code)}`,
    title: titles[failure.code],
    status: httpStatusOf[failure.code],
    code: failure.code,
    detail: failure.message,
    requestId,
    ...(failure.issues ? { issues: failure.issues } : {}),
    ...(failure.details ? { details: failure.details } : {}),
  };
}

/** Answers with problem+json (RFC 9457); causes go to the log only. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = platformErrorFrom(error);
  const status = httpStatusOf[failure.code];
  if (status >= 500) request.log.error({ err: failure.cause ?? failure }, failure.message);
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="tessera"');
  const retryAfter = failure.details?.["retryAfterSeconds"] ?? (status === 503 ? 2 : undefined);
  if (typeof retryAfter === "number") reply.header("retry-after", String(retryAfter));
  const problem = problemOf(failure, request.id);
  reply.code(status).type("application/problem+json").send(JSON.stringify(problem));
}
