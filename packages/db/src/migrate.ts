import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ClientBase } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { withMigrationLock } from "./internal/migration-lock.ts";
import { runMigrationScript } from "./internal/migration-script.ts";
import { applySqlMigrations, editedMigration, type SqlMigration } from "./sql-migrations.ts";

export interface MigrateOptions {
  readonly url: string;
  /** Hand-written SQL to run after Prisma's migrations, in order. */
  readonly sql?: readonly SqlMigration[];
  /** Prisma's migrations; those found above this file or its bundle unless told. */
  readonly migrations?: readonly Migration[];
}

/** One `<folder>/<name>/migration.sql`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** As Prisma's engine creates it, so that the stock CLI can take over. */
const createHistory = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id                      VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum                VARCHAR(64) NOT NULL,
  finished_at             TIMESTAMPTZ,
  migration_name          VARCHAR(255) NOT NULL,
  logs                    TEXT,
  rolled_back_at          TIMESTAMPTZ,
  started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings a database up to date: Prisma's migrations, then hand-written SQL. Each script runs in a
 * transaction with the record that it ran, so a kill at any moment leaves a database from which
 * the next start goes on. Several starters may call it at once.
 *
 * @returns the names of the scripts that ran; none when the database was up to date.
 * @throws PlatformError failed_precondition when the database is newer than this program, or a
 *   script was edited after it had run.
 */
export async function migrateDatabase(options: MigrateOptions): Promise<string[]> {
  const migrations =
    options.migrations ?? readMigrations(findMigrationsFolder(import.meta.dirname));
  return withMigrationLock(options.url, async (client) => {
    const applied = await applyPrismaMigrations(client, migrations);
    return [...applied, ...(await applySqlMigrations(client, options.sql ?? []))];
  });
}

/** The migrations in a folder of Prisma's format, in the order in which they run. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => ({
      name,
      sql: readFileSync(path.join(folder, name, "migration.sql"), "utf8"),
    }));
}

/** Looks for `prisma/migrations` in a folder and in those above it. */
export function findMigrationsFolder(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "prisma/migrations");
    if (existsSync(path.join(candidate, "migration_lock.toml"))) return candidate;
    if (folder === path.dirname(folder)) {
      throw new PlatformError("internal", `There is no prisma/migrations above ${start}`);
    }
  }
}

async function applyPrismaMigrations(
  client: ClientBase,
  migrations: readonly Migration[],
): Promise<string[]> {
  await client.query(createHistory);
  const history = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at FROM public._prisma_migrations
     WHERE rolled_back_at IS NULL`,
  );
  const applied = new Map(history.rows.map((row) => [row.migration_name, row]));
  checkHistory(migrations, applied);
  const pending = migrations.filter(({ name }) => !applied.has(name));
  for (const { name, sql } of pending) {
    const row = [randomUUID(), sha256(sql), name];
    const insert = `INSERT INTO public._prisma_migrations
      (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`;
    await runMigrationScript(client, { name, sql, record: (open) => open.query(insert, row) });
  }
  return pending.map(({ name }) => name);
}

function checkHistory(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, AppliedRow>,
): void {
  const known = new Map(migrations.map(({ name, sql }) => [name, sql]));
  for (const row of applied.values()) {
    const sql = known.get(row.migration_name);
    if (sql === undefined) {
      throw new PlatformError(
        "failed_precondition",
        `This database was migrated by a newer version of Tessera (${row.migration_name}); ` +
          "install that version or a later one",
      );
    }
    if (row.finished_at === null) {
      throw new PlatformError(
        "failed_precondition",
        `Migration ${row.migration_name} was begun by Prisma's CLI and did not finish; resolve ` +
          "it with `prisma migrate resolve`",
      );
    }
    if (row.checksum !== sha256(sql)) throw editedMigration(row.migration_name);
  }
}
