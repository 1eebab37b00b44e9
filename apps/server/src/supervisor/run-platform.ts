import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { holdHome } from "@tessera/usecases/platform/hold-home";
import { keepChild, type KeptChild } from "./keep-child.ts";
import { keepDatabase, type KeptDatabase } from "./keep-database.ts";

/** Jobs get ten seconds to end; the worker then needs a moment to record it. */
const WORKER_PATIENCE_MS = 30_000;
const SERVER_PATIENCE_MS = 20_000;

interface RunOptions {
  readonly home: string;
  /** A server of one's own instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Environment of the platform's processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
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

/**
 * Runs the whole platform as processes of this machine: database (unless there is one already),
 * server and worker; each is started again when it ends.
 */
export async function runPlatform(options: RunOptions): Promise<RunningPlatformProcesses> {
  const { home, env, onNotice, onGivenUp } = options;
  const stops: Stop[] = [holdHome(home)];
  try {
    const logs = join(home, "logs");
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    const databaseUrl = options.databaseUrl ?? (await ownDatabase(options, stops));
    const shared = { ...env, TESSERA_HOME: home, DATABASE_URL: databaseUrl };
    let ready: ServerReady = { url: "", firstAdminLink: null };
    const server: KeptChild = await keepChild<ServerReady>({
      spec: {
        name: "server",
        script: scripts.server,
        env: shared,
        logFile: join(logs, "server.log"),
      },
      onNotice,
      onGivenUp,
      onReady: (message) => {
        ready = message;
      },
    });
    stops.push(() => server.stop(SERVER_PATIENCE_MS));
    const worker = await keepChild({
      spec: {
        name: "worker",
        script: scripts.worker,
        env: { ...shared, TESSERA_PUBLIC_URL: ready.url },
        logFile: join(logs, "worker.log"),
      },
      onNotice,
      onGivenUp,
    });
    stops.push(() => worker.stop(WORKER_PATIENCE_MS));
    stops.push(writeAddress(home, ready.url));
    let stopped: Promise<void> | undefined;
    return { ...ready, stop: () => (stopped ??= unwind(stops)) };
  } catch (error) {
    await unwind(stops);
    throw error;
  }
}

async function ownDatabase(options: RunOptions, stops: Stop[]): Promise<string> {
  const { home, onNotice, onGivenUp } = options;
  const database: KeptDatabase = await keepDatabase({ home, onNotice, onGivenUp });
  stops.push(() => database.stop());
  return database.url;
}

function writeAddress(home: string, url: string): Stop {
  const file = join(home, ADDRESS_FILE);
  writeFileSync(file, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
