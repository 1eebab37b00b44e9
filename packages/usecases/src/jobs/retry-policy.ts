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
  /** Who cancelled it, in words, once somebody has. */
  readonly reason: string | null;
}

/** How often work is taken up again after the platform, not the command, broke down. */
export const MAX_LOSSES = 5;

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

export type Verdict =
  | { readonly kind: "end"; readonly to: WorkloadState; readonly reason: string | null }
  | {
      readonly kind: "retry";
      /** What it counts as; an orderly stop of the platform counts as nothing. */
      readonly counts: "failure" | "loss" | "nothing";
      readonly delayMs: number;
      readonly reason: string;
    };

function backoff(times: number, factor: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * factor ** (times - 1));
}

function afterLoss(end: AttemptEnd, { losses }: RetryState): Verdict {
  if (losses >= MAX_LOSSES) {
    return { kind: "end", to: "lost", reason: `${end.detail}; given up after ${MAX_LOSSES} times` };
  }
  // The first loss is most likely a restart; more of them are a fault that lasts.
  const delayMs = losses === 0 ? 0 : backoff(losses, 4);
  const when = delayMs === 0 ? "" : ` in ${delayMs / 1000} s`;
  return { kind: "retry", counts: "loss", delayMs, reason: `started again${when}: ${end.detail}` };
}

function afterFailure(end: AttemptEnd, { failures, maxRetries }: RetryState): Verdict {
  if (end.cause === "start-failed" || failures >= maxRetries) {
    return { kind: "end", to: "failed", reason: end.detail };
  }
  const delayMs = backoff(failures + 1, 2);
  const words = `retry ${failures + 1} of ${maxRetries} in ${delayMs / 1000} s: ${end.detail}`;
  return { kind: "retry", counts: "failure", delayMs, reason: words };
}

/**
 * What becomes of a workload whose attempt ended. A command's own failure is repeated as often
 * as its submitter allows, with exponential backoff; the platform's is made good by itself.
 */
export function judgeAttempt(end: AttemptEnd, state: RetryState): Verdict {
  if (end.cause === "exit" && end.exitCode === 0) {
    return { kind: "end", to: "finished", reason: null };
  }
  if (state.cancelRequested) {
    return { kind: "end", to: "cancelled", reason: state.reason ?? end.detail };
  }
  if (end.cause === "lost") return afterLoss(end, state);
  if (end.cause === "cancelled") {
    const reason = "started again: the platform was stopped";
    return { kind: "retry", counts: "nothing", delayMs: 0, reason };
  }
  return afterFailure(end, state);
}
