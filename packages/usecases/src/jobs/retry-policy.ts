import type { EndCause, WorkloadState } from "@tessera/contracts/job";

/** How an attempt ended, as its executor tells it. */
export interface AttemptEnd {
  readonly cause: EndCause;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** In plain words. */
  readonly detail: string;
}

/** What a workload has behind it. */
export interface RetryState {
  readonly failures: number;
  readonly losses: number;
  readonly maxRetries: number;
  readonly cancelRequested: boolean;
}

/** How often work is taken up again after the platform, not the command, ended it. */
export const MAX_LOSSES = 5;

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

export type Verdict =
  | { readonly kind: "end"; readonly to: WorkloadState; readonly reason: string | null }
  | {
      readonly kind: "retry";
      readonly counts: "failure" | "loss";
      readonly delayMs: number;
      readonly reason: string;
    };

function backoff(failures: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
}

function afterLoss(end: AttemptEnd, state: RetryState): Verdict {
  if (state.losses >= MAX_LOSSES) {
    return { kind: "end", to: "lost", reason: `${end.detail}; given up after ${MAX_LOSSES} times` };
  }
  return { kind: "retry", counts: "loss", delayMs: 0, reason: `started again: ${end.detail}` };
}

function afterFailure(end: AttemptEnd, state: RetryState): Verdict {
  const hopeless = end.cause === "start-failed";
  if (hopeless || state.failures >= state.maxRetries) {
    return { kind: "end", to: "failed", reason: end.detail };
  }
  const delayMs = backoff(state.failures + 1);
  const count = `${state.failures + 1} of ${state.maxRetries}`;
  return {
    kind: "retry",
    counts: "failure",
    delayMs,
    reason: `retry ${count} in ${delayMs / 1000} s: ${end.detail}`,
  };
}

/**
 * What becomes of a workload whose attempt ended. A command's own failure is repeated as often
 * as its submitter allows, with exponential backoff; the platform's is taken up again at once.
 */
export function judgeAttempt(end: AttemptEnd, state: RetryState): Verdict {
  if (end.cause === "exit" && end.exitCode === 0) {
    return { kind: "end", to: "finished", reason: null };
  }
  if (state.cancelRequested) return { kind: "end", to: "cancelled", reason: end.detail };
  if (end.cause === "lost") return afterLoss(end, state);
  if (end.cause === "cancelled") {
    return afterLoss({ ...end, detail: "the platform was stopped while it ran" }, state);
  }
  return afterFailure(end, state);
}
