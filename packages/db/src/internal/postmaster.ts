import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PlatformError } from "@tessera/contracts/errors";
import type { PostgresAccount } from "./postgres-account.ts";
import { dataFolderArgument, postgresEnvironment } from "./postgres-cluster.ts";
import { pidInFile } from "./previous-postmaster.ts";

export interface PostmasterRequest {
  /** Holds the cluster in `data`, and the server's log. */
  readonly folder: string;
  readonly program: string;
  readonly account: PostgresAccount | undefined;
  readonly settings: Readonly<Record<string, string>>;
  /** Tried first; another free one is taken when something else listens there. */
  readonly preferredPort: number | undefined;
}

export interface Postmaster {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

/** Crash recovery after a great deal of writing takes its time; a server that is up never does. */
const startPatience = 300_000;
const largestLog = 4 * 1024 * 1024;

/** Starts the server and waits until it takes connections. */
export async function startPostmaster(request: PostmasterRequest): Promise<Postmaster> {
  let port = request.preferredPort ?? (await freePort());
  const deadline = Date.now() + 20_000;
  for (;;) {
    const outcome = await tryStart(request, port);
    if (typeof outcome !== "string") return outcome;
    const portTaken = /could not bind|Address already in use/i.test(outcome);
    // Backends of a killed server need a moment to notice that it is gone.
    const stillEnding = /still in use|lock file .* already exists/.test(outcome);
    if ((!portTaken && !stillEnding) || Date.now() > deadline) {
      throw new PlatformError("unavailable", `PostgreSQL did not start: ${outcome}`);
    }
    if (portTaken) port = await freePort();
    else await delay(200);
  }
}

/** Starts the server once; resolves to what it logged when it ended instead of coming up. */
async function tryStart(request: PostmasterRequest, port: number): Promise<Postmaster | string> {
  const { folder, account, program, settings } = request;
  const dataFolder = path.join(folder, "data");
  const logFile = path.join(folder, "postgres.log");
  const logStart = startLog(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(
    program,
    [
      "-D",
      dataFolderArgument(dataFolder, account),
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...account,
      cwd: dataFolder,
      env: postgresEnvironment,
      stdio: ["ignore", log, log],
      // A session of its own, so that Ctrl-C at a terminal reaches only the supervisor, which
      // stops the database last.
      detached: true,
    },
  );
  closeSync(log);
  let ended = false;
  let fault: Error | undefined;
  child.once("error", (error) => {
    ended = true;
    fault = error;
  });
  child.once("exit", () => {
    ended = true;
  });
  const pidFile = path.join(dataFolder, "postmaster.pid");
  for (const deadline = Date.now() + startPatience; !ended; await delay(15)) {
    if (child.pid !== undefined && isReady(pidFile, child.pid))
      return { child, pid: child.pid, port };
    if (Date.now() > deadline) child.kill("SIGQUIT");
  }
  return fault?.message ?? readFileSync(logFile).subarray(logStart).toString("utf8").trim();
}

/** The server writes its state on the eighth line of its pid file. */
function isReady(pidFile: string, pid: number): boolean {
  if (pidInFile(pidFile) !== pid) return false;
  return readFileSync(pidFile, "utf8").split("\n")[7]?.trim() === "ready";
}

/** Size of the log so far; one that has grown large is set aside first, and one such is kept. */
function startLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size < largestLog) return size;
  renameSync(logFile, `${logFile}.1`);
  return 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Ends the server in order when this process ends without having done so, even by kill -9: a
 * shell waits for the end of a pipe that only this process holds open.
 *
 * @returns a function that ends the watch.
 */
export function endWithThisProcess(pid: number): () => void {
  const script = 'trap "" HUP INT TERM; read -r _; kill -INT "$0"';
  const watcher = spawn("/bin/sh", ["-c", script, String(pid)], {
    cwd: "/",
    env: postgresEnvironment,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.once("error", () => undefined);
  watcher.unref();
  const pipe = watcher.stdin as NodeJS.WritableStream & { unref?: () => void };
  pipe.on("error", () => undefined);
  pipe.unref?.();
  return () => {
    watcher.kill("SIGKILL");
  };
}
