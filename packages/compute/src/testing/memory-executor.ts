import { constants } from "node:os";
import { PlatformError } from "@tessera/contracts/errors";
import { checkAttemptId, checkAttemptSpec } from "../attempt-spec.ts";
import { describeEnd } from "../describe-end.ts";
import type { StopIntent } from "../describe-end.ts";
import type {
  AttemptSpec,
  AttemptStatus,
  Executor,
  ExecutorCapabilities,
  ExecutorCapacity,
  LogFile,
  LogRange,
  OnChange,
  StopRequest,
} from "../executor.ts";
import { bytesInWords } from "../words.ts";
import type { Behaviour } from "./behaviour.ts";

/** What a command does; undefined when there is no such command. */
export type BehaviourOf = (spec: AttemptSpec) => Behaviour | undefined;

interface MemoryAttempt {
  status: AttemptStatus;
  readonly logs: Record<LogFile, Buffer>;
  readonly spec?: AttemptSpec;
  readonly behaviour?: Behaviour;
  intent?: StopIntent;
  timers: NodeJS.Timeout[];
}

/** Where attempts run, as a machine does: it outlives the executors that are opened on it. */
export class MemoryMachine {
  readonly attempts = new Map<string, MemoryAttempt>();
  readonly #watchers = new Set<OnChange>();
  #nextPid = 1000;

  watch(onChange: OnChange, signal: AbortSignal | undefined): void {
    this.#watchers.add(onChange);
    signal?.addEventListener("abort", () => this.#watchers.delete(onChange), { once: true });
  }

  giveUp(attemptId: string): AttemptStatus {
    const status: AttemptStatus = {
      attemptId,
      phase: "absent",
      detail: "it never ran, and never will",
    };
    this.attempts.set(attemptId, { status, logs: noLogs(), timers: [] });
    return status;
  }

  run(spec: AttemptSpec, behaviour: Behaviour | undefined): void {
    const { attemptId } = spec;
    const startedAt = new Date();
    if (!behaviour) {
      const detail = `command not found: ${spec.argv[0]}`;
      const ending = { cause: "start-failed", exitCode: 127, detail } as const;
      const status = {
        attemptId,
        phase: "exited",
        startedAt,
        endedAt: startedAt,
        ...ending,
      } as const;
      this.attempts.set(attemptId, { status, logs: noLogs(), timers: [] });
      this.#announce(attemptId);
      return;
    }
    const logs = { stdout: stdoutOf(spec, behaviour), stderr: Buffer.from(behaviour.stderr ?? "") };
    const status = {
      attemptId,
      phase: "running",
      pid: this.#nextPid,
      startedAt,
      detail: "",
    } as const;
    this.#nextPid += 1;
    const attempt: MemoryAttempt = { status, logs, spec, behaviour, timers: [] };
    this.attempts.set(attemptId, attempt);
    this.#play(attempt, spec, behaviour);
  }

  stop(attempt: MemoryAttempt, intent: StopIntent): void {
    attempt.intent ??= intent;
    if (intent.graceMs > 0 && !attempt.behaviour?.ignoresTerm) {
      this.#after(attempt, 0, () => this.#end(attempt, codeOf("SIGTERM")));
    }
    this.#after(attempt, intent.graceMs, () => this.#end(attempt, codeOf("SIGKILL")));
  }

  #play(attempt: MemoryAttempt, { limits }: AttemptSpec, behaviour: Behaviour): void {
    const { usesBytes = 0, runsMs = 0, exitCode = 0, endsBySignal } = behaviour;
    if (limits.memoryBytes !== undefined && usesBytes > limits.memoryBytes) {
      const used = `used ${bytesInWords(usesBytes)} of ${bytesInWords(limits.memoryBytes)}`;
      const detail = `killed: out of memory (${used})`;
      attempt.intent = { reason: "out-of-memory", at: Date.now(), graceMs: 0, detail };
      this.#after(attempt, 0, () => this.#end(attempt, codeOf("SIGKILL")));
      return;
    }
    if (limits.wallMs !== undefined) {
      const { graceMs, wallMs } = limits;
      this.#after(attempt, wallMs, () =>
        this.stop(attempt, { reason: "timeout", at: Date.now(), graceMs, detail: "" }),
      );
    }
    if (behaviour.runsUntilStopped) return;
    const code = endsBySignal ? codeOf(endsBySignal) : exitCode;
    this.#after(attempt, runsMs, () => this.#end(attempt, code));
  }

  #after(attempt: MemoryAttempt, ms: number, act: () => void): void {
    attempt.timers.push(setTimeout(act, ms).unref());
  }

  #end(attempt: MemoryAttempt, exitCode: number): void {
    const { status, spec, intent } = attempt;
    if (status.phase !== "running" || !spec) return;
    for (const timer of attempt.timers) clearTimeout(timer);
    const now = new Date();
    attempt.status = describeEnd({
      attemptId: status.attemptId,
      limits: spec.limits,
      startedAt: status.startedAt ?? now,
      pid: status.pid ?? 0,
      outcome: { exitCode, oomKills: 0, at: now },
      intent,
      oomKillsBefore: 0,
      now,
      sameBoot: true,
      logDiskFull: false,
    });
    this.#announce(status.attemptId);
  }

  #announce(attemptId: string): void {
    for (const onChange of this.#watchers) onChange(attemptId);
  }
}

export interface MemoryExecutorOptions {
  readonly machine: MemoryMachine;
  readonly behaviourOf: BehaviourOf;
  readonly onChange: OnChange;
  readonly capacity: ExecutorCapacity;
  /** Aborting ends the watch; the machine runs on. */
  readonly signal?: AbortSignal;
}

/** An executor without processes, for tests of what uses one. Passes the conformance suite. */
export function createMemoryExecutor(options: MemoryExecutorOptions): Executor {
  options.machine.watch(options.onChange, options.signal);
  return new MemoryExecutor(options);
}

class MemoryExecutor implements Executor {
  readonly capabilities: ExecutorCapabilities = {
    kind: "memory",
    survivesRestart: true,
    enforcesMemory: true,
    enforcesCpus: false,
    reportsUsage: false,
  };
  readonly capacity: ExecutorCapacity;
  readonly #options: MemoryExecutorOptions;

  constructor(options: MemoryExecutorOptions) {
    this.capacity = options.capacity;
    this.#options = options;
  }

  async start(spec: AttemptSpec): Promise<void> {
    checkAttemptSpec(spec, this.capacity);
    const { machine, behaviourOf } = this.#options;
    const known = machine.attempts.get(spec.attemptId);
    if (known?.status.phase === "absent") {
      throw new PlatformError(
        "conflict",
        `Attempt ${spec.attemptId} was given up before it started; give its work a new attempt.`,
      );
    }
    if (!known) machine.run(spec, behaviourOf(spec));
  }

  async observe(attemptIds: readonly string[]): Promise<AttemptStatus[]> {
    return attemptIds.map((attemptId) => this.#statusOf(attemptId));
  }

  async stop(attemptId: string, request: StopRequest): Promise<void> {
    const { phase } = this.#statusOf(attemptId);
    const attempt = this.#options.machine.attempts.get(attemptId);
    if (phase !== "running" || !attempt) return;
    this.#options.machine.stop(attempt, { ...request, at: Date.now(), detail: "" });
  }

  async readLog(attemptId: string, file: LogFile, range: LogRange): Promise<Buffer> {
    checkAttemptId(attemptId);
    if (!(Number.isSafeInteger(range.offset) && range.offset >= 0 && range.maxBytes > 0)) {
      throw new PlatformError("invalid_argument", "offset must be 0 or more, maxBytes more than 0");
    }
    const bytes = this.#options.machine.attempts.get(attemptId)?.logs[file] ?? Buffer.alloc(0);
    return bytes.subarray(range.offset, range.offset + range.maxBytes);
  }

  async discard(attemptId: string): Promise<void> {
    if (this.#statusOf(attemptId).phase === "running") {
      throw new PlatformError("conflict", `Attempt ${attemptId} still runs.`);
    }
    this.#options.machine.attempts.delete(attemptId);
  }

  #statusOf(attemptId: string): AttemptStatus {
    checkAttemptId(attemptId);
    const { machine } = this.#options;
    const attempt = machine.attempts.get(attemptId);
    if (!attempt) return machine.giveUp(attemptId);
    const { status, intent } = attempt;
    const stopping = status.phase === "running" && intent;
    return stopping ? { ...status, detail: `stopping: ${intent.reason}` } : status;
  }
}

function noLogs(): Record<LogFile, Buffer> {
  return { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
}

function stdoutOf(spec: AttemptSpec, behaviour: Behaviour): Buffer {
  const environment = { ...spec.env, CUDA_VISIBLE_DEVICES: spec.gpuIndexes.join(",") };
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  return Buffer.from(
    (behaviour.stdout ?? "") + (behaviour.printsEnvironment ? lines.join("") : ""),
  );
}

function codeOf(signal: "SIGTERM" | "SIGKILL" | "SIGSEGV"): number {
  return 128 + constants.signals[signal];
}
