import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { escapeIdentifier } from "pg";
import { newId } from "@tessera/kit/ids";
import { createDatabase, type Database } from "../client.ts";
import { onServer, urlOfDatabase } from "../internal/database-admin.ts";
import type { SqlMigration } from "../sql-migrations.ts";
import { testEnv } from "./env.ts";
import type { TemplateAnswer } from "./global-setup.ts";

export interface TestDatabaseOptions {
  /** Hand-written SQL to run after Prisma's migrations. */
  readonly sql?: readonly SqlMigration[];
}

export interface TestDatabase {
  readonly url: string;
  readonly db: Database;
  /** Closes `db` and drops the database, whoever else is still connected. */
  close(): Promise<void>;
}

/** A migrated database for one test file alone. Call `close` in `afterAll`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { adminUrl, prefix, template } = await askForTemplate(options.sql ?? []);
  return serveDatabase(adminUrl, prefix, template);
}

/** A database with nothing in it, for tests of migrations themselves. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, prefix } = await askForTemplate([]);
  return serveDatabase(adminUrl, prefix, "template0");
}

async function serveDatabase(
  adminUrl: string,
  prefix: string,
  template: string,
): Promise<TestDatabase> {
  const name = `${prefix}${newId()}`;
  const database = escapeIdentifier(name);
  await onServer(adminUrl, (client) =>
    client.query(
      `CREATE DATABASE ${database} TEMPLATE ${escapeIdentifier(template)} STRATEGY file_copy`,
    ),
  );
  const url = urlOfDatabase(adminUrl, name);
  const db = createDatabase({ url, applicationName: "tessera test" });
  return {
    url,
    db,
    close: async () => {
      await db.close();
      await onServer(adminUrl, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
    },
  };
}

async function askForTemplate(sql: readonly SqlMigration[]): Promise<TemplateAnswer> {
  const socketPath = testEnv.socket();
  if (socketPath === undefined) {
    throw new Error("Run vitest from the root of the repository: its set-up serves databases");
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath, method: "POST" }, resolve).on("error", reject).end(JSON.stringify(sql));
  });
  const body = await text(response);
  if (response.statusCode !== 200) throw new Error(`There is no test database: ${body}`);
  return JSON.parse(body) as TemplateAnswer;
}
