import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { escapeIdentifier } from "pg";
import { newId } from "@tessera/kit/ids";
import { onServer, urlOfDatabase } from "./internal/database-admin.ts";
import {
  type PrismaSchema,
  readSchema,
  sqlBetween,
  withSchemaEngine,
} from "./internal/schema-engine.ts";
import { startScratchServer } from "./internal/scratch-server.ts";
import { migrateDatabase, type Migration, readMigrations } from "./migrate.ts";

export interface NewMigrationRequest {
  /** Holds `schema/`, `migrations/` and `migrated.prisma`, the schema they lead to. */
  readonly prismaFolder: string;
  /** Words for the folder's name: lower-case letters, digits, underscores. */
  readonly name: string;
  /** Puts one migration from nothing in the place of all there are: before a first release only. */
  readonly startAgain?: boolean;
  /** A server whose role may create databases; one is started for the purpose unless told. */
  readonly serverUrl?: string;
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
  const migration = await onSomeServer(request.serverUrl, (serverUrl) =>
    writeAndTry(serverUrl, {
      title: `${timestampAfter(existing.at(-1)?.name)}_${name}`,
      earlier: startAgain ? [] : existing,
      previous: startAgain ? [] : readSnapshot(snapshot),
      current,
    }),
  );
  const isThere = existing.length === 1 && existing[0]?.sql === migration?.sql;
  if (migration === undefined || (startAgain && isThere)) return undefined;

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

async function onSomeServer<Result>(
  url: string | undefined,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  if (url !== undefined) return work(url);
  const scratch = await startScratchServer();
  try {
    return await work(scratch.url);
  } finally {
    await scratch.stop();
  }
}

interface Change {
  readonly title: string;
  readonly earlier: readonly Migration[];
  readonly previous: PrismaSchema;
  readonly current: PrismaSchema;
}

async function writeAndTry(serverUrl: string, change: Change): Promise<Migration | undefined> {
  // Prisma's engine compares two schemas only with a server at hand.
  const sql = await withSchemaEngine(serverUrl, (engine) =>
    sqlBetween(engine, change.previous, change.current),
  );
  if (sql === "") return undefined;
  const migration = { name: change.title, sql };
  const trial = `tessera_trial_${newId()}`;
  const database = escapeIdentifier(trial);
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${database}`));
  try {
    const url = urlOfDatabase(serverUrl, trial);
    await migrateDatabase({ url, migrations: [...change.earlier, migration] });
  } finally {
    await onServer(serverUrl, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
  }
  return migration;
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
