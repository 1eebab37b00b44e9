import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { escapeIdentifier } from "pg";
import { newId } from "@tessera/kit/ids";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { isFolderHeld } from "../internal/folder-lock.ts";
import { ensureDatabase, onServer, urlOfDatabase } from "../internal/database-admin.ts";
import { migrateDatabase } from "../migrate.ts";
import type { SqlMigration } from "../sql-migrations.ts";

/** The database server of one test run. */
export interface TestServer {
  /** Where databases are created and dropped. */
  readonly adminUrl: string;
  /** Every database of this run has a name that starts so. */
  readonly prefix: string;
  /** Name of a migrated database to copy; made at the first call for the same SQL. */
  template(sql: readonly SqlMigration[]): Promise<string>;
  stop(): Promise<void>;
}

const folderPrefix = "tessera-test-postgres-";

/** Nothing here needs to survive a power cut, and many test files may be at work at once. */
const settings = {
  max_connections: "200",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  checkpoint_timeout: "1h",
  autovacuum: "off",
} as const;

/** Uses the server at `url`, or starts an embedded one in a temporary folder. */
export async function startTestServer(url: string | undefined): Promise<TestServer> {
  if (url !== undefined) return serveFrom(url, async () => undefined);
  const parent = scratchFolder();
  sweepAbandonedFolders(parent);
  const folder = mkdtempSync(path.join(parent, folderPrefix));
  const server = await startEmbeddedPostgres({ folder, durable: false, settings });
  return serveFrom(server.url, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

function serveFrom(adminUrl: string, stopServer: () => Promise<void>): TestServer {
  const prefix = `tessera_test_${newId().slice(-12)}_`;
  const templates = new Map<string, Promise<string>>();
  const makeTemplate = async (sql: readonly SqlMigration[]): Promise<string> => {
    const name = `${prefix}template_${templates.size}`;
    await ensureDatabase(adminUrl, name);
    await migrateDatabase({ url: urlOfDatabase(adminUrl, name), sql });
    return name;
  };
  return {
    adminUrl,
    prefix,
    template: (sql) => {
      const key = JSON.stringify(sql);
      const template = templates.get(key) ?? makeTemplate(sql);
      templates.set(key, template);
      return template;
    },
    stop: async () => {
      await dropDatabases(adminUrl, prefix);
      await stopServer();
    },
  };
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  await onServer(adminUrl, async (client) => {
    const found = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    for (const { datname } of found.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`);
    }
  });
}

/** Memory, where there is plenty: copying a database takes 15 ms there, on a disk 200. */
function scratchFolder(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize >= 2 * 1024 ** 3) return "/dev/shm";
  } catch {
    // Not Linux.
  }
  return tmpdir();
}

/** Removes what killed runs left; their servers have ended with them. */
function sweepAbandonedFolders(parent: string): void {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = path.join(parent, name);
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (changed < tenMinutesAgo && !isFolderHeld(folder)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
