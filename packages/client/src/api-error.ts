import type { ErrorCode, Problem } from "@tessera/contracts/errors";

/** What the API answered instead of a result; `problem.detail` is meant for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** The platform could not be reached, or what answered is not the platform. */
export class UnreachableError extends Error {
  readonly address: string;

  constructor(address: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = "UnreachableError";
    this.address = address;
  }
}
