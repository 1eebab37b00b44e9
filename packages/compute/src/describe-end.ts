import { constants } from "node:os";
import type { AttemptLimits, AttemptStatus, StopReason } from "./executor.ts";
import { durationInWords, exitCodeInWords, signalInWords } from "./words.ts";

/** That, why and how somebody asked an attempt to end. */
export interface StopIntent {
  readonly reason: StopReason;
  readonly at: number;
  readonly graceMs: number;
  /** Words that say more than the reason does; empty when there are none. */
  readonly detail: string;
}

/** What is recorded when the command has exited. */
export interface Outcome {
  readonly exitCode: number;
  /** The kernel's count of out-of-memory kills at the end; 0 when nobody looked. */
  readonly oomKills: number;
  readonly at: Date;
}

/** All that is known about how an attempt ended. */
export interface EndEvidence {
  readonly attemptId: string;
  readonly limits: AttemptLimits;
  readonly startedAt: Date;
  readonly pid: number;
  /** Absent when whoever watched over the command died without a record. */
  readonly outcome: Outcome | undefined;
  readonly intent: StopIntent | undefined;
  /** The kernel's count of out-of-memory kills when the attempt was last seen alive. */
  readonly oomKillsBefore: number;
  readonly now: Date;
  readonly sameBoot: boolean;
  readonly logDiskFull: boolean;
}

type Ending = Pick<AttemptStatus, "cause" | "detail" | "exitCode" | "signal">;

/** The final status of an attempt that ran. */
export function describeEnd(evidence: EndEvidence): AttemptStatus {
  return {
    attemptId: evidence.attemptId,
    phase: "exited",
    pid: evidence.pid,
    startedAt: evidence.startedAt,
    endedAt: evidence.outcome?.at ?? evidence.now,
    ...endingOf(evidence),
  };
}

function endingOf(evidence: EndEvidence): Ending {
  const { outcome, intent } = evidence;
  if (!outcome) return intent ? killedWithShim(evidence, intent) : lost(evidence);
  const signal = signalOf(outcome.exitCode);
  const code = { exitCode: outcome.exitCode, ...(signal ? { signal } : {}) };
  if (intent) return { ...code, cause: intent.reason, detail: stopWords(evidence, intent, signal) };
  if (!signal) return { ...code, cause: "exit", detail: exitWords(evidence, outcome.exitCode) };
  if (signal === "SIGKILL" && outcome.oomKills > evidence.oomKillsBefore) {
    const detail = "killed by SIGKILL; the kernel reported an out-of-memory kill";
    return { ...code, cause: "out-of-memory", detail };
  }
  return { ...code, cause: "signal", detail: signalInWords(signal) };
}

function exitWords(evidence: EndEvidence, code: number): string {
  const words = exitCodeInWords(code);
  const full = code !== 0 && evidence.logDiskFull;
  return full ? `${words}; the disk that holds its log is full` : words;
}

function stopWords(evidence: EndEvidence, intent: StopIntent, signal: string | undefined): string {
  if (intent.detail) return intent.detail;
  const why = reasonWords(evidence.limits, intent);
  if (signal !== "SIGKILL") return why;
  return `${why}; it had not ended ${durationInWords(intent.graceMs)} after SIGTERM, so it was killed`;
}

function reasonWords(limits: AttemptLimits, intent: StopIntent): string {
  if (intent.reason === "cancelled") return "cancelled";
  if (intent.reason === "out-of-memory") return "killed: out of memory";
  const limit = limits.wallMs;
  return limit === undefined
    ? "stopped: ran too long"
    : `stopped: ran longer than its limit of ${durationInWords(limit)}`;
}

function killedWithShim(evidence: EndEvidence, intent: StopIntent): Ending {
  const detail = stopWords(evidence, intent, "SIGKILL");
  return { exitCode: 137, signal: "SIGKILL", cause: intent.reason, detail };
}

function lost(evidence: EndEvidence): Ending {
  const detail = evidence.sameBoot
    ? "lost: the process that watched over the command was killed, so nobody knows how it ended"
    : "lost: the machine restarted while it ran";
  return { cause: "lost", detail };
}

const signalNames = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);
// Names that share a number with an older one.
signalNames.set(constants.signals.SIGABRT, "SIGABRT");

/** A shell tells a death by signal n as code 128 + n. */
function signalOf(exitCode: number): string | undefined {
  return exitCode > 128 ? signalNames.get(exitCode - 128) : undefined;
}
