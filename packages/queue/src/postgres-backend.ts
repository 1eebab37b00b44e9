import {
  type BackendFactory,
  type PgPool,
  PostgresConnection,
  PostgresQueueBackend,
  Queue,
  runMigrations,
  Worker,
} from "bullmq";
import pg from "pg";
import type { AnyQueue, AnyWorker, Backend, OnError } from "./backend.ts";

/** The PostgreSQL schema that BullMQ's tables live in. */
export const queueSchema = "queue";

// One client listens for wake-ups, the rest run statements.
const maxConnections = 4;
const connectTimeoutMs = 5_000;
const reconnectNames = new Set(["57P01", "57P02", "57P03", "53300", "08000", "08003", "08006"]);
const reconnectCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH)/;
const reconnectWords =
  /Connection terminated|timeout exceeded when trying to connect|not queryable/;

/** One set of connections for every queue and worker of this process. */
class SharedConnection extends PostgresConnection {
  override readonly schema = queueSchema;

  // BullMQ closes the connection with each queue or worker; ours outlives them.
  override close(): Promise<void> {
    return Promise.resolve();
  }

  closeForGood(): Promise<void> {
    return super.close();
  }
}

class SharedBackend extends PostgresQueueBackend {
  // BullMQ would sleep for up to an hour after an outage; a missed wake-up must not cost that.
  override get maximumBlockTimeout(): number {
    return 10;
  }
}

/** Opens BullMQ's PostgreSQL backend, migrating its schema; rejects if it cannot be reached. */
export async function openPostgresBackend(databaseUrl: string, onError: OnError): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c search_path=${queueSchema}`,
    application_name: "tessera-queue",
    max: maxConnections,
    min: 2,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on("error", onError);
  try {
    await migrate(pool);
    const connection = new SharedConnection(recognisable(pool));
    connection.setMaxListeners(0);
    await connection.waitUntilReady();
    return backendOver(connection, pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, queueSchema);
  } finally {
    client.release();
  }
}

function backendOver(connection: SharedConnection, pool: pg.Pool): Backend {
  const factory: BackendFactory<PostgresQueueBackend, PgPool> = (name, options) =>
    new SharedBackend(connection, name, options);
  const unused = connection.pool;
  return {
    openQueue: (name, options) =>
      new Queue(name, { ...options, connection: unused }, factory) as unknown as AnyQueue,
    openWorker: (name, process, options) =>
      new Worker(
        name,
        process,
        { ...options, connection: unused },
        factory,
      ) as unknown as AnyWorker,
    isUnreachable,
    close: async () => {
      await connection.closeForGood();
      await pool.end();
    },
  };
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    reconnectNames.has(code) || reconnectCodes.test(code) || reconnectWords.test(error.message)
  );
}

/** BullMQ retries what it takes for a lost connection: only errors that say ECONNREFUSED. */
async function saying<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw Object.assign(new Error(`ECONNREFUSED: ${(error as Error).message}`, { cause: error }), {
      code: "ECONNREFUSED",
    });
  }
}

/** The pool as BullMQ sees it. */
function recognisable(pool: pg.Pool): PgPool {
  const seen = {
    options: { keepAlive: true },
    query: (text: string, params?: unknown[]) => saying(pool.query(text, params)),
    connect: async () => oneAtATime(await saying(pool.connect())),
    end: () => pool.end(),
    on: (event: "error", listener: (error: Error) => void) => {
      pool.on(event, listener);
      return seen;
    },
    removeAllListeners: () => seen,
  };
  return seen as unknown as PgPool;
}

/** The one listening client serves all queues, and pg takes a client's statements in turn only. */
function oneAtATime(client: pg.PoolClient): unknown {
  client.setMaxListeners(0);
  let last: Promise<unknown> = Promise.resolve();
  const seen = {
    query: (text: string, params?: unknown[]) => {
      const result = last.then(() => client.query(text, params));
      last = result.catch(() => {});
      return result;
    },
    on: (event: "notification", listener: () => void) => {
      client.on(event, listener);
      return seen;
    },
    removeListener: (event: string, listener: () => void) => {
      client.removeListener(event, listener);
      return seen;
    },
    removeAllListeners: (event?: string) => {
      client.removeAllListeners(event);
      return seen;
    },
    release: (destroy?: boolean) => client.release(destroy),
  };
  return seen;
}
