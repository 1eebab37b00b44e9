import { type ErrorCode, PlatformError } from "@tessera/contracts/errors";

/** Why an attempt could not be started. */
export interface LaunchFailure {
  /** "lost" for what another try may do better. */
  readonly cause: "start-failed" | "lost";
  readonly detail: string;
  /** Whether it is told in words that explain it. */
  readonly expected: boolean;
}

/** Codes of faults that lie in the job or on this machine, and stay. */
const lasting: readonly ErrorCode[] = [
  "invalid_argument",
  "failed_precondition",
  "not_found",
  "too_large",
  "permission_denied",
  "disk_full",
];

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" || code === "disk_full";
}

/** Says what a failed launch means for the job. */
export function launchFailure(error: unknown): LaunchFailure {
  if (isDiskFull(error)) {
    const detail = "it could not be started: the disk of the machine is full";
    return { cause: "start-failed", detail, expected: true };
  }
  if (error instanceof PlatformError && lasting.includes(error.code)) {
    const detail = `it could not be started: ${error.message}`;
    return { cause: "start-failed", detail, expected: true };
  }
  const detail = "the worker could not start it; its log has details";
  return { cause: "lost", detail, expected: false };
}
