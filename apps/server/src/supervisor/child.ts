import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";

/** A log that grew past this starts anew at the next start; one older part is kept. */
const LONGEST_LOG = 50 * 1024 * 1024;
const READY_PATIENCE_MS = 60_000;
/** How long a process may take that is stopped before it was ready. */
const EARLY_STOP_MS = 10_000;
const MOST_LINES = 20;

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
}

export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Says how it ended, once it has. */
  readonly exited: Promise<string>;
  /** Asks it to end and waits; kills it when it does not. */
  stop(patienceMs: number): Promise<void>;
}

interface StartOptions {
  /** Ends the start. */
  readonly signal: AbortSignal;
  /** Told the process's number as soon as there is one. */
  readonly onSpawn: (pid: number) => void;
}

interface Log {
  readonly file: string;
  /** Size before the process wrote to it. */
  readonly start: number;
}

function startLog(file: string): Log {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LONGEST_LOG) return { file, start: size };
  renameSync(file, `${file}.1`);
  return { file, start: 0 };
}

/** What the process said in plain words, which is the reason for its end; log lines are JSON. */
function lastWords({ file, start }: Log): string {
  const lines = readFileSync(file).subarray(start).toString("utf8").trimEnd().split("\n");
  const first = lines.findLastIndex((line) => line.startsWith("{")) + 1;
  return lines.slice(first).slice(-MOST_LINES).join("\n").trim();
}

function isReady(message: unknown): message is { type: "ready" } {
  return (
    typeof message === "object" && message !== null && "type" in message && message.type === "ready"
  );
}

function untilReady<Ready>(
  child: ChildProcess,
  exited: Promise<string>,
  signal: AbortSignal,
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const late = `was not ready after ${READY_PATIENCE_MS / 1000} s`;
    const timer = setTimeout(() => reject(new Error(late)), READY_PATIENCE_MS);
    const abort = () => reject(new Error("was stopped during its start"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    child.on("message", (message) => {
      if (!isReady(message)) return;
      end();
      resolve(message as Ready);
    });
    void exited.then((how) => {
      end();
      reject(new Error(how));
    });
  });
}

function spawnWithLog(spec: ChildSpec): ChildProcess {
  const log = openSync(spec.logFile, "a", 0o600);
  try {
    return spawn(process.execPath, [spec.script], {
      env: { ...spec.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", log, log, "ipc"],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

/**
 * Starts one of the platform's processes and waits until it says that it is ready. It ends by
 * itself when this process does, since its channel closes. Its own session keeps a terminal's
 * Ctrl-C from it, so that everything stops in order.
 */
export async function startChild<Ready>(
  spec: ChildSpec,
  { signal, onSpawn }: StartOptions,
): Promise<Child<Ready>> {
  const log = startLog(spec.logFile);
  const child = spawnWithLog(spec);
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, by) =>
      resolve(by === null ? `ended with code ${code}` : `was ended by ${by}`),
    );
  });
  const stop = async (patienceMs: number): Promise<void> => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    await exited;
    clearTimeout(timer);
  };
  try {
    if (child.pid !== undefined) onSpawn(child.pid);
    const ready = await untilReady<Ready>(child, exited, signal);
    return { ready, pid: child.pid ?? 0, exited, stop };
  } catch (error) {
    await stop(EARLY_STOP_MS);
    const how = error instanceof Error ? error.message : String(error);
    const words = lastWords(log) || `its log is ${spec.logFile}`;
    throw new Error(`The ${spec.name} ${how}: ${words}`, { cause: error });
  }
}
