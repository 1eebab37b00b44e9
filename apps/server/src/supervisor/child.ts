import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";

/** A log that grew past this starts anew at the next start; one older part is kept. */
const LONGEST_LOG = 50 * 1024 * 1024;
const READY_PATIENCE_MS = 60_000;

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
}

export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  readonly exited: Promise<string>;
  /** Asks it to end and waits; kills it when it does not. */
  stop(patienceMs: number): Promise<void>;
}

function openLog(file: string): number {
  try {
    if (statSync(file).size > LONGEST_LOG) renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return openSync(file, "a", 0o600);
}

function isReady(message: unknown): message is { type: "ready" } {
  return (
    typeof message === "object" && message !== null && "type" in message && message.type === "ready"
  );
}

function untilReady<Ready>(child: ChildProcess, exited: Promise<string>): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`was not ready after ${READY_PATIENCE_MS / 1000} s`)),
      READY_PATIENCE_MS,
    );
    child.on("message", (message) => {
      if (!isReady(message)) return;
      clearTimeout(timer);
      resolve(message as Ready);
    });
    void exited.then((how) => {
      clearTimeout(timer);
      reject(new Error(how));
    });
  });
}

/**
 * Starts one of the platform's processes and waits until it says that it is ready. It ends by
 * itself when this process does, since its channel closes. Its own session keeps a terminal's
 * Ctrl-C from it, so that everything stops in order.
 */
export async function startChild<Ready>(spec: ChildSpec): Promise<Child<Ready>> {
  const log = openLog(spec.logFile);
  const process_ = spawn(process.execPath, [spec.script], {
    env: { ...spec.env } as NodeJS.ProcessEnv,
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<string>((resolve) => {
    process_.once("error", (error) => resolve(error.message));
    process_.once("exit", (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
  });
  const stop = async (patienceMs: number): Promise<void> => {
    process_.kill("SIGTERM");
    const timer = setTimeout(() => process_.kill("SIGKILL"), patienceMs);
    await exited;
    clearTimeout(timer);
  };
  try {
    const ready = await untilReady<Ready>(process_, exited);
    return { ready, pid: process_.pid ?? 0, exited, stop };
  } catch (error) {
    await stop(5000);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The ${spec.name} ${reason}; its log is ${spec.logFile}`, { cause: error });
  }
}
