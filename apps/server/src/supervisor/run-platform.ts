import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { holdHome } from "@tessera/usecases/platform/hold-home";
import { freePort, type Place } from "../http/listen.ts";
import { keepChild } from "./keep-child.ts";
import { keepDatabase } from "./keep-database.ts";

/** Jobs get ten seconds to end; the worker then needs a moment to record it. */
const WORKER_PATIENCE_MS = 30_000;
const SERVER_PATIENCE_MS = 20_000;

interface RunOptions {
  readonly home: string;
  /** A server of one's own instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where it answers; port 0 takes a free one, and keeps it when the server is started again. */
  readonly place: Place;
  /** Environment of the platform's processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the start: what was started is stopped, and the start rejects. */
  readonly signal: AbortSignal;
  readonly onNotice: (message: string) => void;
  readonly onGivenUp: (error: Error) => void;
}

export interface ServerReady {
  readonly url: string;
  readonly firstAdminLink: string | null;
}

export interface RunningPlatformProcesses extends ServerReady {
  /** Stops everything in order: jobs, worker, server, database. */
  stop(): Promise<void>;
}

/** File in the home that says where the platform that runs on it answers. */
export const ADDRESS_FILE = "address.json";

const scripts = {
  server: fileURLToPath(new URL("./main.mjs", import.meta.url)),
  worker: fileURLToPath(new URL("../../worker/dist/main.mjs", import.meta.url)),
};

type Stop = () => Promise<void> | void;

async function unwind(stops: Stop[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

interface DatabaseAddress {
  readonly url: string;
  readonly whenUp: () => Promise<void>;
}

/**
 * Runs the whole platform as processes of this machine: database (unless there is one already),
 * server and worker; each is started again when it ends.
 */
export async function runPlatform(options: RunOptions): Promise<RunningPlatformProcesses> {
  const { home, place, signal } = options;
  const stops: Stop[] = [holdHome(home)];
  try {
    const port = await freePort(place);
    mkdirSync(join(home, "logs"), { recursive: true, mode: 0o700 });
    const database = await databaseOf(options, stops);
    signal.throwIfAborted();
    const ready = await keepServer(options, { database, port }, stops);
    await keepWorker(options, { database, publicUrl: ready.url }, stops);
    signal.throwIfAborted();
    stops.push(writeAddress(home, ready.url));
    let stopped: Promise<void> | undefined;
    return { ...ready, stop: () => (stopped ??= unwind(stops)) };
  } catch (error) {
    await unwind(stops);
    throw error;
  }
}

async function databaseOf(options: RunOptions, stops: Stop[]): Promise<DatabaseAddress> {
  const { databaseUrl, home, onNotice, onGivenUp } = options;
  if (databaseUrl !== undefined) return { url: databaseUrl, whenUp: () => Promise.resolve() };
  const database = await keepDatabase({ home, onNotice, onGivenUp });
  stops.push(() => database.stop());
  return database;
}

async function keepServer(
  options: RunOptions,
  { database, port }: { readonly database: DatabaseAddress; readonly port: number },
  stops: Stop[],
): Promise<ServerReady> {
  const { home, env } = options;
  let ready: ServerReady = { url: "", firstAdminLink: null };
  const server = await keepChild<ServerReady>({
    ...options,
    spec: {
      name: "server",
      script: scripts.server,
      env: { ...env, TESSERA_HOME: home, DATABASE_URL: database.url, PORT: String(port) },
      logFile: join(home, "logs", "server.log"),
    },
    needs: database.whenUp,
    onReady: (message) => {
      ready = message;
    },
  });
  stops.push(() => server.stop(SERVER_PATIENCE_MS));
  return ready;
}

async function keepWorker(
  options: RunOptions,
  { database, publicUrl }: { readonly database: DatabaseAddress; readonly publicUrl: string },
  stops: Stop[],
): Promise<void> {
  const { home, env } = options;
  const worker = await keepChild({
    ...options,
    spec: {
      name: "worker",
      script: scripts.worker,
      env: {
        ...env,
        TESSERA_HOME: home,
        DATABASE_URL: database.url,
        TESSERA_PUBLIC_URL: publicUrl,
      },
      logFile: join(home, "logs", "worker.log"),
    },
    needs: database.whenUp,
  });
  stops.push(() => worker.stop(WORKER_PATIENCE_MS));
}

function writeAddress(home: string, url: string): Stop {
  const file = join(home, ADDRESS_FILE);
  writeFileSync(file, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
