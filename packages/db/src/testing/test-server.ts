import { escapeIdentifier } from "pg";
import { newId } from "@tessera/kit/ids";
import { ensureDatabase, onServer, urlOfDatabase } from "../internal/database-admin.ts";
import { startScratchServer } from "../internal/scratch-server.ts";
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

/** Uses the server at `url`, or starts one of its own. */
export async function startTestServer(url: string | undefined): Promise<TestServer> {
  const scratch = url === undefined ? await startScratchServer() : undefined;
  const adminUrl = scratch?.url ?? url ?? "";
  const prefix = `tessera_test_${newId().slice(-12)}_`;
  const templates = new Map<string, Promise<string>>();
  const makeTemplate = async (sql: readonly SqlMigration[], name: string): Promise<string> => {
    await ensureDatabase(adminUrl, name);
    await migrateDatabase({ url: urlOfDatabase(adminUrl, name), sql });
    return name;
  };
  return {
    adminUrl,
    prefix,
    template: (sql) => {
      const key = JSON.stringify(sql);
      const template = templates.get(key) ?? makeTemplate(sql, `${prefix}${templates.size}`);
      templates.set(key, template);
      return template;
    },
    stop: async () => {
      await dropDatabases(adminUrl, prefix);
      await scratch?.stop();
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
