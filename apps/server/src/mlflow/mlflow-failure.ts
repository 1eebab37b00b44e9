import type { ErrorCode } from "@tessera/contracts/errors";
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

function mlflowErrorFrom(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  const failure = platformErrorFrom(error);
  const { code, message, cause } = failure;
  return new MlflowError(names[code], message, cause === undefined ? {} : { cause });
}

/** Answers as the protocol does: an error's name and its message. */
export function sendMlflowError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const failure = mlflowErrorFrom(error);
  const { status } = failure;
  if (status >= 500) request.log.error({ err: failure.cause ?? failure }, failure.message);
  if (status === 401) reply.header("www-authenticate", 'Basic realm="tessera"');
  if (status === 503) reply.header("retry-after", "2");
  reply
    .code(status)
    .type("application/json")
    .send(JSON.stringify(toErrorBody(failure)));
}
