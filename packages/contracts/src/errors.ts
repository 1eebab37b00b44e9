import { z } from "zod";

/** Every reason for which the platform refuses or fails; a closed union. */
export const ErrorCode = z.enum([
  "invalid_argument",
  "unauthenticated",
  "permission_denied",
  "not_found",
  "conflict",
  "failed_precondition",
  "too_large",
  "unsupported_media_type",
  "rate_limited",
  "disk_full",
  "unavailable",
  "cancelled",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The HTTP status of each error code. */
export const httpStatusOf = {
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  conflict: 409,
  failed_precondition: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  disk_full: 507,
  unavailable: 503,
  cancelled: 499,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** One thing that is wrong with a request: where, what, and what would be right. */
export const ProblemIssue = z.object({ path: z.string(), message: z.string() });
export type ProblemIssue = z.infer<typeof ProblemIssue>;

/** Body of every error answer of the REST API (RFC 9457, application/problem+json). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: ErrorCode,
  detail: z.string(),
  requestId: z.string().optional(),
  issues: z.array(ProblemIssue).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;

interface PlatformErrorOptions {
  readonly cause?: unknown;
  readonly details?: Record<string, unknown>;
  readonly issues?: ProblemIssue[];
}

/** An error whose code and message are meant for the caller; its cause is for the log only. */
export class PlatformError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly issues: ProblemIssue[] | undefined;

  constructor(code: ErrorCode, message: string, options: PlatformErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "PlatformError";
    this.code = code;
    this.details = options.details;
    this.issues = options.issues;
  }
}
