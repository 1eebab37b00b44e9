import type { EndCause } from "@tessera/contracts/job";

/** What tells one executor from another, as data. */
export interface ExecutorCapabilities {
  readonly kind: "local" | "kubernetes" | "slurm" | "memory";
  /** Whether attempts go on, and are found again, when the process that started them dies. */
  readonly survivesRestart: boolean;
  readonly enforcesMemory: boolean;
  /** When false, `limits.cpus` is only advice to the command's thread pools. */
  readonly enforcesCpus: boolean;
  readonly reportsUsage: boolean;
}

export interface Gpu {
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly memoryBytes: number;
}

export interface ExecutorCapacity {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly gpus: readonly Gpu[];
}

export interface AttemptLimits {
  /** Milliseconds after the start at which the attempt is stopped. */
  readonly wallMs?: number;
  /** Milliseconds between SIGTERM and SIGKILL when a limit stops the attempt. */
  readonly graceMs: number;
  readonly memoryBytes?: number;
  readonly cpus?: number;
}

export interface AttemptSpec {
  /** 1 to 64 letters, digits, dashes and underscores. */
  readonly attemptId: string;
  /** The command and its arguments as they are: no shell reads them. */
  readonly argv: readonly string[];
  /** The whole environment; nothing is inherited from the worker. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of an existing directory. */
  readonly workingDirectory: string;
  readonly limits: AttemptLimits;
  /** Indexes from `capacity.gpus`; the command sees no other GPU. */
  readonly gpuIndexes: readonly number[];
}

export interface GpuUsage {
  readonly index: number;
  readonly utilizationPercent: number;
  readonly memoryBytes: number;
}

/** What an attempt's processes use together; 100 % is one full core. */
export interface AttemptUsage {
  readonly cpuPercent: number;
  readonly rssBytes: number;
  readonly gpus: readonly GpuUsage[];
}

/**
 * `absent` is final: the attempt did not run and never will, so its work may be given to another.
 * `running` lasts until the last process of the attempt is gone.
 */
export type AttemptPhase = "absent" | "starting" | "running" | "exited";

export interface AttemptStatus {
  readonly attemptId: string;
  readonly phase: AttemptPhase;
  /** Also the id of the attempt's process group and session. */
  readonly pid?: number;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** As a shell reports it: 128 + n for a death by signal n. */
  readonly exitCode?: number;
  readonly signal?: string;
  readonly cause?: EndCause;
  /** In plain words, what there is to say; empty while nothing is. */
  readonly detail: string;
  /** The latest sample, while running. */
  readonly usage?: AttemptUsage;
}

export type StopReason = "cancelled" | "timeout" | "out-of-memory";

export interface StopRequest {
  /** Milliseconds between SIGTERM and SIGKILL; 0 kills without asking. */
  readonly graceMs: number;
  readonly reason: StopReason;
}

export type LogFile = "stdout" | "stderr";

/** Told once for each attempt, when its phase becomes `exited`. */
export type OnChange = (attemptId: string) => void;

/** Runs attempts. Each is known by the id that the caller gave it, for ever. */
export interface Executor {
  readonly capabilities: ExecutorCapabilities;
  readonly capacity: ExecutorCapacity;

  /**
   * Returns when the command runs, or is known to have failed to start (`observe` then says
   * `exited`, `start-failed`). The same id again does nothing. Rejects with `invalid_argument` for
   * a bad spec, `conflict` for an id that `observe` or `stop` gave up, `disk_full`.
   */
  start(spec: AttemptSpec): Promise<void>;

  /**
   * Statuses in the order asked for. An id that was never started, or never came to run before its
   * worker died, is given up here: it is `absent` from then on, and `start` refuses it.
   */
  observe(attemptIds: readonly string[]): Promise<AttemptStatus[]>;

  /**
   * Asks the attempt to end and returns; SIGKILL follows after the grace. The first reason stays,
   * a shorter grace wins. Does nothing to an ended attempt, gives up one that never started.
   */
  stop(attemptId: string, request: StopRequest): Promise<void>;

  /** At most `maxBytes` from `offset` on; empty at the end, and for an unknown attempt. */
  readLog(attemptId: string, file: LogFile, range: LogRange): Promise<Buffer>;

  /** Forgets an attempt and deletes its files. Rejects with `conflict` while it runs. */
  discard(attemptId: string): Promise<void>;
}

export interface LogRange {
  readonly offset: number;
  readonly maxBytes: number;
}
