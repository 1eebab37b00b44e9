import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { type Prisma, PrismaClient } from "./generated/client.ts";

export type { Prisma } from "./generated/client.ts";

/** What `prisma.$transaction` hands to its callback. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`. */
  readonly url: string;
  /** Most connections at once, Prisma's and plain SQL's together. 10 unless told. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

export interface Database {
  readonly prisma: PrismaClient;
  /** The pool that Prisma uses too, for plain SQL. */
  readonly pool: Pool;
  /** Waits for what is running, then closes every connection. */
  close(): Promise<void>;
}

/** Opens a database lazily: the first query connects. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: options.applicationName ?? "tessera",
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // Without a listener, the loss of an idle connection would end the process.
  pool.on("error", (error) => options.onConnectionError?.(error));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    // Prisma's own 2 and 5 seconds make errors of a moment's load.
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
