import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { ensureDatabase, urlOfDatabase } from "./internal/database-admin.ts";
import {
  type PrismaSchema,
  readSchema,
  sqlBetween,
  withSchemaEngine,
} from "./internal/schema-engine.ts";
import { migrateDatabase, type Migration, readMigrations } from "./migrate.ts";

export interface NewMigrationRequest {
  /** Holds `schema/`, `migrations/` and `migrated.prisma`, the schema they lead to. */
  readonly prismaFolder: string;
  /** Words for the folder's name: lower-case letters, digits, underscores. */
  readonly name: string;
  /** Puts one migration from nothing in the place of all there are: before a first release only. */
  readonly startAgain?: boolean;
}

/**
 * Writes the migration from the last migrated schema to the current one, having tried it after
 * all earlier ones on an empty database; nothing is written when it does not run there.
 *
 * @returns the migration's folder; undefined when the schema has not changed.
 */
export async function newMigration(request: NewMigrationRequest): Promise<string | undefined> {
  const { prismaFolder, name, startAgain = false } = request;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`"${name}" is no name: use lower-case letters, digits and underscores`);
  }
  const folder = path.join(prismaFolder, "migrations");
  const snapshot = path.join(prismaFolder, "migrated.prisma");
  const existing = existsSync(folder) ? readMigrations(folder) : [];
  const current = readSchema(path.join(prismaFolder, "schema"));
  const migration = await writeAndTry({
    title: `${timestampAfter(existing.at(-1)?.name)}_${name}`,
    earlier: startAgain ? [] : existing,
    previous: startAgain ? [] : readSnapshot(snapshot),
    current,
  });
  if (migration === undefined) return undefined;

  if (startAgain) {
    for (const old of existing) rmSync(path.join(folder, old.name), { recursive: true });
  }
  const target = path.join(folder, migration.name);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
  writeFileSync(path.join(target, "migration.sql"), migration.sql);
  writeFileSync(snapshot, `${current.map(({ content }) => content.trim()).join("\n\n")}\n`);
  return target;
}

interface Change {
  readonly title: string;
  readonly earlier: readonly Migration[];
  readonly previous: PrismaSchema;
  readonly current: PrismaSchema;
}

/** Works on a server of its own: the engine compares nothing without one at hand. */
async function writeAndTry(change: Change): Promise<Migration | undefined> {
  const scratch = mkdtempSync(path.join(tmpdir(), "tessera-migration-"));
  try {
    const server = await startEmbeddedPostgres({ folder: scratch, durable: false });
    try {
      const sql = await withSchemaEngine(server.url, (engine) =>
        sqlBetween(engine, change.previous, change.current),
      );
      if (sql === "") return undefined;
      const migration = { name: change.title, sql };
      await ensureDatabase(server.url, "trial");
      const url = urlOfDatabase(server.url, "trial");
      await migrateDatabase({ url, migrations: [...change.earlier, migration] });
      return migration;
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readSnapshot(file: string): PrismaSchema {
  return existsSync(file) ? [{ path: file, content: readFileSync(file, "utf8") }] : [];
}

/** The time in UTC as Prisma writes it; later than the last migration whatever the clock says. */
function timestampAfter(last: string | undefined): string {
  const now = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const before = last?.slice(0, 14);
  return before === undefined || before < now ? now : String(BigInt(before) + 1n);
}
