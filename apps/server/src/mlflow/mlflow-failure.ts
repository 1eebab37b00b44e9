import { type ErrorCode, httpStatusOf, PlatformError } from "@tessera/contracts/errors";
import { MlflowError, type MlflowErrorCode, toErrorBody } from "@tessera/mlflow/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { platformErrorFrom } from "../http/problem.ts";

/** The protocol's name for each of our error codes. */
const names: Record<ErrorCode, MlflowErrorCode> = {
  invalid_argument: "INVALID_PARAMETER_VALUE",
  unauthenticated: "UNAUTHENTICATED",
  permission_denied: "PERMISSION_DENIED",
  not_found: "RESOURCE_DOES_NOT_EXIST",
  conflict: "RESOURCE_ALREADY_EXISTS",
  failed_precondition: "INVALID_PARAMETER_VALUE",
  too_large: "INVALID_PARAMETER_VALUE",
  unsupported_media_type: "INVALID_PARAMETER_VALUE",
  rate_limited: "REQUEST_LIMIT_EXCEEDED",
  disk_full: "RESOURCE_EXHAUSTED",
  unavailable: "TEMPORARILY_UNAVAILABLE",
  cancelled: "CANCELLED",
  internal: "INTERNAL_ERROR",
};

/** Sent with our own status: clients repeat a 429 for minutes, which frees no disk. */
const ownStatus: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["disk_full", "too_large"]);

function statusOf(error: MlflowError): number {
  const { cause } = error;
  const own = cause instanceof PlatformError && ownStatus.has(cause.code);
  return own ? httpStatusOf[cause.code] : error.status;
}

function mlflowErrorFrom(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  const cause = platformErrorFrom(error);
  return new MlflowError(names[cause.code], cause.message, { cause });
}

/** What lies behind an error, for the log. */
function rootOf(error: MlflowError): unknown {
  return error.cause instanceof PlatformError ? (error.cause.cause ?? error.cause) : error;
}

/** Answers as the protocol does: an error's name and its message. */
export function sendMlflowError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const failure = mlflowErrorFrom(error);
  const status = statusOf(failure);
  if (status >= 500) request.log.error({ err: rootOf(failure) }, failure.message);
  if (status === 401) reply.header("www-authenticate", 'Basic realm="tessera"');
  if (status === 503) reply.header("retry-after", "2");
  reply
    .code(status)
    .type("application/json")
    .send(JSON.stringify(toErrorBody(failure)));
}
