import type { ClientBase } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { runMigrationScript } from "./internal/migration-script.ts";

/** A piece of hand-written SQL that is run once in a database, and never edited after. */
export interface SqlMigration {
  /** Unique over all packages, such as "metrics/0001_series". */
  readonly name: string;
  readonly sql: string;
}

/**
 * Runs those of the list that the database has not seen, in the list's order, and records each in
 * `public.sql_migration`. The caller holds the migration lock.
 *
 * @returns the names of those that ran.
 * @throws PlatformError failed_precondition when one was edited after it had run.
 */
export async function applySqlMigrations(
  client: ClientBase,
  migrations: readonly SqlMigration[],
): Promise<string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS public.sql_migration (
       name text PRIMARY KEY,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const known = await client.query<{ name: string; checksum: string }>(
    "SELECT name, checksum FROM public.sql_migration",
  );
  const checksums = new Map(known.rows.map((row) => [row.name, row.checksum]));
  const applied: string[] = [];
  for (const { name, sql } of migrations) {
    const checksum = sha256(sql);
    const recorded = checksums.get(name);
    if (recorded === checksum) continue;
    if (recorded !== undefined) throw editedMigration(name);
    const row = [name, checksum];
    const insert = "INSERT INTO public.sql_migration (name, checksum) VALUES ($1, $2)";
    await runMigrationScript(client, { name, sql, record: (open) => open.query(insert, row) });
    checksums.set(name, checksum);
    applied.push(name);
  }
  return applied;
}

/** The fault of a script that no longer is what the database ran. */
export function editedMigration(name: string): PlatformError {
  return new PlatformError(
    "failed_precondition",
    `Migration ${name} is not the one that this database ran: it was edited since. Use the ` +
      "version of Tessera that made the database, or an empty database",
  );
}
