import { PlatformError } from "@tessera/contracts/errors";
import type { Logger } from "@tessera/kit/logger";
import { checkAttemptId, checkAttemptSpec } from "../attempt-spec.ts";
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
import { AttemptFiles } from "./attempt-files.ts";
import type { AttemptRecord } from "./attempt-files.ts";
import { AttemptWatch } from "./attempt-watch.ts";
import { findCommandFault } from "./check-command.ts";
import type { CommandFault } from "./check-command.ts";
import { errnoOf, isErrno } from "./errno.ts";
import { readMachineCapacity } from "./machine-capacity.ts";
import { discoverGpus, readGpuUsage } from "./nvidia-smi.ts";
import { readBootId, readOomKills } from "./process-table.ts";
import { spawnShim } from "./spawn-shim.ts";

export interface LocalExecutorOptions {
  /** Folder of the attempts' files; one that other executors used before is carried on. */
  readonly root: string;
  /** The worker's environment: PATH is searched for nvidia-smi. Attempts inherit nothing of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onChange: OnChange;
  readonly log: Logger;
  /** Aborting ends the watch; attempts go on and are found again by the next executor. */
  readonly signal?: AbortSignal;
  /** How long nvidia-smi may take; without persistence mode it takes seconds. */
  readonly gpuTimeoutMs?: number;
}

const capabilities: ExecutorCapabilities = {
  kind: "local",
  survivesRestart: true,
  enforcesMemory: true,
  enforcesCpus: false,
  reportsUsage: true,
};

/** An executor that runs attempts as process groups on this machine (Linux, macOS). */
export async function createLocalExecutor(options: LocalExecutorOptions): Promise<Executor> {
  if (process.platform === "win32") {
    throw new PlatformError("failed_precondition", "The local executor needs Linux or macOS.");
  }
  const files = new AttemptFiles(options.root);
  await files.prepare();
  const nvidia = { env: options.env, timeoutMs: options.gpuTimeoutMs ?? 8000 };
  const { gpus, fault } = await discoverGpus(nvidia);
  if (fault) options.log.warn(`No GPU is offered: ${fault}`);
  const watch = new AttemptWatch({
    files,
    log: options.log,
    onChange: options.onChange,
    readGpus: () => readGpuUsage(nvidia),
    signal: options.signal,
  });
  const capacity = { ...readMachineCapacity(), gpus };
  const toolPath = `/usr/bin:/bin:${options.env["PATH"] ?? ""}`;
  return new LocalExecutor({ files, watch, capacity, toolPath, onChange: options.onChange });
}

interface LocalExecutorParts {
  readonly files: AttemptFiles;
  readonly watch: AttemptWatch;
  readonly capacity: ExecutorCapacity;
  readonly toolPath: string;
  readonly onChange: OnChange;
}

class LocalExecutor implements Executor {
  readonly capabilities = capabilities;
  readonly capacity: ExecutorCapacity;
  readonly #parts: LocalExecutorParts;
  readonly #starting = new Map<string, Promise<void>>();
  readonly #adopting = new Map<string, Promise<void>>();

  constructor(parts: LocalExecutorParts) {
    this.capacity = parts.capacity;
    this.#parts = parts;
  }

  async start(spec: AttemptSpec): Promise<void> {
    checkAttemptSpec(spec, this.capacity);
    const { attemptId } = spec;
    if (this.#parts.watch.isLive(attemptId)) return;
    const started = this.#starting.get(attemptId) ?? this.#start(spec);
    this.#starting.set(attemptId, started);
    try {
      await started;
    } catch (error) {
      if (!isErrno(error, "ENOSPC", "EDQUOT")) throw error;
      throw new PlatformError("disk_full", "There is no space left to start the attempt.", {
        cause: error,
      });
    } finally {
      this.#starting.delete(attemptId);
    }
  }

  observe(attemptIds: readonly string[]): Promise<AttemptStatus[]> {
    return Promise.all(attemptIds.map((attemptId) => this.#statusOf(attemptId)));
  }

  async stop(attemptId: string, request: StopRequest): Promise<void> {
    await this.#starting.get(attemptId)?.catch(() => undefined);
    const { phase } = await this.#statusOf(attemptId);
    if (phase !== "running") return;
    await this.#parts.watch.stop(attemptId, { ...request, at: Date.now(), detail: "" });
  }

  async readLog(attemptId: string, file: LogFile, range: LogRange): Promise<Buffer> {
    checkAttemptId(attemptId);
    if (!(Number.isSafeInteger(range.offset) && range.offset >= 0 && range.maxBytes > 0)) {
      throw new PlatformError("invalid_argument", "offset must be 0 or more, maxBytes more than 0");
    }
    return this.#parts.files.readLog(attemptId, file, range);
  }

  async discard(attemptId: string): Promise<void> {
    const { phase } = await this.#statusOf(attemptId);
    if (phase === "running" || phase === "starting") {
      throw new PlatformError("conflict", `Attempt ${attemptId} still runs.`);
    }
    await this.#parts.files.remove(attemptId);
    this.#parts.watch.forget(attemptId);
  }

  async #start(spec: AttemptSpec): Promise<void> {
    const { files } = this.#parts;
    const record = recordOf(spec);
    const [created, fault] = await Promise.all([files.create(record), findCommandFault(spec)]);
    if (!created) {
      const { state } = await files.readClaim(spec.attemptId);
      if (state === "running" || state === "failed") return;
      if (state === "abandoned") throw givenUp(spec.attemptId);
    }
    if (fault) await this.#failStart(record, fault);
    else await this.#spawn(spec, record);
  }

  async #spawn(spec: AttemptSpec, record: AttemptRecord): Promise<void> {
    const { files, watch, toolPath } = this.#parts;
    const { attemptId } = spec;
    try {
      const place = {
        directory: files.directoryOf(attemptId),
        stdoutPath: files.logPath(attemptId, "stdout"),
        stderrPath: files.logPath(attemptId, "stderr"),
        toolPath,
      };
      const shim = await spawnShim(spec, place, (taker) => files.claim(attemptId, taker));
      const claim = await files.readClaim(attemptId);
      if (claim.state !== "running") throw givenUp(attemptId);
      // When another worker's shim won, observe finds that one.
      if (shim) watch.follow(record, claim, shim.exited);
    } catch (error) {
      const code = errnoOf(error);
      if (code === undefined || isErrno(error, "ENOSPC", "EDQUOT")) throw error;
      await this.#failStart(record, { exitCode: 126, detail: spawnFaultInWords(code) });
    }
  }

  async #failStart(record: AttemptRecord, fault: CommandFault): Promise<void> {
    const now = new Date();
    const failed = await this.#parts.files.fail({
      attemptId: record.attemptId,
      phase: "exited",
      startedAt: now,
      endedAt: now,
      cause: "start-failed",
      ...fault,
    });
    if (!failed) throw givenUp(record.attemptId);
    this.#parts.onChange(record.attemptId);
  }

  async #statusOf(attemptId: string): Promise<AttemptStatus> {
    checkAttemptId(attemptId);
    const { files, watch } = this.#parts;
    const watched = watch.statusOf(attemptId);
    if (watched) return watched;
    if (this.#starting.has(attemptId)) return { attemptId, phase: "starting", detail: "" };
    const claim = await files.readClaim(attemptId);
    switch (claim.state) {
      case "missing":
      case "unclaimed":
        if (this.#starting.has(attemptId)) return { attemptId, phase: "starting", detail: "" };
        return (await files.abandon(attemptId)) ? absent(attemptId) : this.#statusOf(attemptId);
      case "abandoned":
        return absent(attemptId);
      case "failed":
        return (await files.readFailure(attemptId)) ?? unexplainedFailure(attemptId);
      case "running": {
        const final = await files.readFinal(attemptId);
        if (final) return final;
        await this.#adopt(attemptId);
        return this.#statusOf(attemptId);
      }
    }
  }

  #adopt(attemptId: string): Promise<void> {
    const { files, watch } = this.#parts;
    const adopt = async () => {
      if (watch.isLive(attemptId)) return;
      const claim = await files.readClaim(attemptId);
      const record = await files.readRecord(attemptId);
      if (claim.state === "running" && !(await files.readFinal(attemptId))) {
        await watch.adopt(record, claim);
      }
    };
    const adopted =
      this.#adopting.get(attemptId) ?? adopt().finally(() => this.#adopting.delete(attemptId));
    this.#adopting.set(attemptId, adopted);
    return adopted;
  }
}

function recordOf(spec: AttemptSpec): AttemptRecord {
  return {
    attemptId: spec.attemptId,
    command: spec.argv[0] ?? "",
    limits: spec.limits,
    gpuIndexes: spec.gpuIndexes,
    bootId: readBootId(),
    oomKills: readOomKills(),
  };
}

function absent(attemptId: string): AttemptStatus {
  return { attemptId, phase: "absent", detail: "it never ran, and never will" };
}

function unexplainedFailure(attemptId: string): AttemptStatus {
  return { attemptId, phase: "exited", cause: "start-failed", detail: "it could not be started" };
}

function givenUp(attemptId: string): PlatformError {
  return new PlatformError(
    "conflict",
    `Attempt ${attemptId} was given up before it started; give its work a new attempt.`,
  );
}

function spawnFaultInWords(code: string): string {
  const words: Record<string, string> = {
    E2BIG: "the command's arguments and environment together are too long for this system",
    EAGAIN: "the system has no room for another process",
    ENOMEM: "the system has no memory left for another process",
    EMFILE: "the worker has too many files open",
    ENFILE: "the system has too many files open",
  };
  return `could not start: ${words[code] ?? code}`;
}
