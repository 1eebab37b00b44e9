import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureDatabase } from "./internal/database-admin.ts";
import { holdFolder } from "./hold-folder.ts";
import { postgresAccount } from "./internal/postgres-account.ts";
import { clusterPassword, embeddedRole, ensureCluster } from "./internal/postgres-cluster.ts";
import { postgresPrograms } from "./internal/postgres-programs.ts";
import { endWithThisProcess, type Postmaster, startPostmaster } from "./internal/postmaster.ts";
import { type PostgresSignal, stopPreviousPostmaster } from "./internal/previous-postmaster.ts";

export interface EmbeddedPostgresOptions {
  /** Holds the data, the password, the log; created when missing, kept between starts. */
  readonly folder: string;
  /** Created when missing; "tessera" unless told. */
  readonly database?: string;
  /** Server settings on top of the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False gives up safety against power cuts for speed: tests only. */
  readonly durable?: boolean;
  /** Told in words of anything out of the ordinary, such as a leftover server that was stopped. */
  readonly onNotice?: (message: string) => void;
}

export interface PostgresExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface EmbeddedPostgres {
  /** With the password in it: not for logs. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, asked to or not; the folder can be started again then. */
  readonly exited: Promise<PostgresExit>;
  /** Rolls back what is running, writes everything to disk, ends the server. */
  stop(): Promise<void>;
}

/** Frugal with memory and processes; nothing here trades away durability. */
const defaultSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "128MB",
  wal_buffers: "4MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  effective_cache_size: "1GB",
  random_page_cost: "1.1",
  huge_pages: "off",
  jit: "off",
  io_method: "sync",
  max_worker_processes: "4",
  max_parallel_workers: "2",
  max_logical_replication_workers: "0",
  autovacuum_max_workers: "2",
  autovacuum_worker_slots: "2",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "1GB",
  client_connection_check_interval: "5s",
  timezone: "UTC",
  log_timezone: "UTC",
  // Faults of single statements go to whoever sent them; the log is for the server's own.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
} as const;

const undurableSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * Starts PostgreSQL from the npm package on a port of its own on 127.0.0.1. The server ends with
 * this process, even when that is killed; one that an earlier process left is stopped first.
 *
 * @throws PlatformError failed_precondition when the folder is in use by another process, belongs
 *   to another user, or PostgreSQL cannot run here; unavailable when the server does not come up.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const release = holdFolder(options.folder);
  try {
    const folder = realpathSync(options.folder);
    const dataFolder = path.join(folder, "data");
    const account = postgresAccount(dataFolder);
    const programs = postgresPrograms(account);
    const durable = options.durable ?? true;
    ensureCluster({ folder, programs, account, durable });
    const stopped = await stopPreviousPostmaster(dataFolder);
    if (stopped !== undefined) options.onNotice?.(`Stopped ${stopped}`);
    const postmaster = await startPostmaster({
      folder,
      program: programs.postgres,
      account,
      settings: { ...defaultSettings, ...(durable ? {} : undurableSettings), ...options.settings },
      preferredPort: rememberedPort(folder),
    });
    return await takeIntoService(postmaster, { folder, release, database: options.database });
  } catch (error) {
    release();
    throw error;
  }
}

interface Service {
  readonly folder: string;
  readonly database: string | undefined;
  readonly release: () => void;
}

async function takeIntoService(
  { child, pid, port }: Postmaster,
  { folder, release, database = "tessera" }: Service,
): Promise<EmbeddedPostgres> {
  const endWatch = endWithThisProcess(pid);
  const exited = new Promise<PostgresExit>((resolve) => {
    child.once("exit", (code, signal) => {
      endWatch();
      release();
      resolve({ code, signal });
    });
  });
  // The server alone is no reason for this process to go on.
  child.unref();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    child.ref();
    stopping ??= endInOrder(exited, (signal) => child.kill(signal));
    return stopping;
  };
  try {
    writeFileSync(path.join(folder, "port"), `${port}\n`, { mode: 0o600 });
    const password = clusterPassword(folder);
    const server = `postgresql://${embeddedRole}:${password}@127.0.0.1:${port}`;
    await ensureDatabase(`${server}/postgres`, database);
    return { url: `${server}/${encodeURIComponent(database)}`, port, pid, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Fast shutdown, then harder means for a server that does not follow. */
async function endInOrder(
  exited: Promise<PostgresExit>,
  send: (signal: PostgresSignal) => boolean,
): Promise<void> {
  const steps: [PostgresSignal, number][] = [
    ["SIGINT", 60_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 10_000],
  ];
  for (const [signal, patience] of steps) {
    send(signal);
    const timer = new AbortController();
    const late = delay(patience, "late", { signal: timer.signal }).catch(() => "ended");
    const outcome = await Promise.race([exited, late]);
    timer.abort();
    if (outcome !== "late") return;
  }
}

/** A server that comes back on its old port spares those that still hold its address. */
function rememberedPort(folder: string): number | undefined {
  const file = path.join(folder, "port");
  if (!existsSync(file)) return undefined;
  const port = Number.parseInt(readFileSync(file, "utf8"), 10);
  return port > 0 && port < 65_536 ? port : undefined;
}
