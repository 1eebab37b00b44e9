/** Where in a filter or order_by text something stands: UTF-16 offsets, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Every error name that the protocol gives an HTTP status of its own. */
export const MLFLOW_ERROR_STATUS = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  CUSTOMER_UNAUTHORIZED: 401,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  NOT_FOUND: 404,
  ENDPOINT_NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  RESOURCE_CONFLICT: 409,
  ABORTED: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  INTERNAL_ERROR: 500,
  INVALID_STATE: 500,
  DATA_LOSS: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type MlflowErrorCode = keyof typeof MLFLOW_ERROR_STATUS;

/** The JSON body of every failed answer; the client shows "error_code: message". */
export interface MlflowErrorBody {
  readonly error_code: MlflowErrorCode;
  readonly message: string;
}

export interface MlflowErrorOptions extends ErrorOptions {
  /** The part of the filter or order_by text that is wrong. */
  readonly span?: Span;
}

/** A fault in the protocol's own words; the only error that this package throws. */
export class MlflowError extends Error {
  override readonly name = "MlflowError";
  readonly code: MlflowErrorCode;
  readonly span: Span | undefined;

  constructor(code: MlflowErrorCode, message: string, options: MlflowErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.span = options.span;
  }

  /** The HTTP status that goes with the error's name. */
  get status(): number {
    return MLFLOW_ERROR_STATUS[this.code];
  }
}

/** An INVALID_PARAMETER_VALUE error: what nearly every bad request earns. */
export function invalidParameter(message: string, span?: Span): MlflowError {
  return new MlflowError("INVALID_PARAMETER_VALUE", message, span === undefined ? {} : { span });
}

/** A RESOURCE_DOES_NOT_EXIST error, which the client relies on to create what is absent. */
export function notFound(message: string): MlflowError {
  return new MlflowError("RESOURCE_DOES_NOT_EXIST", message);
}

/** A RESOURCE_ALREADY_EXISTS error; the protocol answers it with status 400. */
export function alreadyExists(message: string): MlflowError {
  return new MlflowError("RESOURCE_ALREADY_EXISTS", message);
}

/** The body that a failed request answers with. */
export function toErrorBody(error: MlflowError): MlflowErrorBody {
  return { error_code: error.code, message: error.message };
}

/** The error name for a bare HTTP status, as the client itself would read one. */
export function errorCodeForStatus(status: number): MlflowErrorCode {
  const preferred: Readonly<Record<number, MlflowErrorCode>> = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "ENDPOINT_NOT_FOUND",
    409: "RESOURCE_CONFLICT",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    501: "NOT_IMPLEMENTED",
    503: "TEMPORARILY_UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
  };
  const known = preferred[status];
  if (known !== undefined) return known;
  return status >= 400 && status < 500 ? "BAD_REQUEST" : "INTERNAL_ERROR";
}
