import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { diagnose, withSchemaEngine } from "./internal/schema-engine.ts";
import { onServer } from "./internal/database-admin.ts";
import { findMigrationsFolder, migrateDatabase, readMigrations } from "./migrate.ts";
import { createEmptyTestDatabase, type TestDatabase } from "./testing/create-test-database.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await createEmptyTestDatabase();
});

afterEach(async () => database.close());

const one = {
  name: "20260101000000_one",
  sql: "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);",
};
const two = {
  name: "20260102000000_two",
  sql: "ALTER TABLE a ADD COLUMN text text DEFAULT 'x;y';",
};

async function rows(sql: string): Promise<unknown[]> {
  return (await database.db.pool.query(sql)).rows;
}

describe("migrations of Prisma's format", () => {
  test("run in order, once, and go on where they stopped", async () => {
    const { url } = database;
    expect(await migrateDatabase({ url, migrations: [one] })).toEqual([one.name]);
    expect(await migrateDatabase({ url, migrations: [one, two] })).toEqual([two.name]);
    expect(await migrateDatabase({ url, migrations: [one, two] })).toEqual([]);
    expect(await rows("SELECT * FROM a")).toEqual([{ id: 1, text: "x;y" }]);
  });

  test("leave a history that Prisma's engine finds in order", async () => {
    const { url } = database;
    const migrations = readMigrations(findMigrationsFolder(import.meta.dirname));
    expect(await migrateDatabase({ url })).toEqual(migrations.map(({ name }) => name));
    await withSchemaEngine(url, async (engine) => {
      expect(await diagnose(engine, migrations)).toMatchObject({
        hasMigrationsTable: true,
        history: null,
        failedMigrationNames: [],
        editedMigrationNames: [],
      });
      const edited = migrations.map((one) => ({ ...one, sql: `${one.sql}\n-- edited` }));
      expect((await diagnose(engine, edited)).editedMigrationNames).toHaveLength(migrations.length);
    });
  });

  test("go on from a history that Prisma's engine wrote", async () => {
    const { url } = database;
    await withSchemaEngine(url, async (engine) => {
      await engine.applyMigrations({
        migrationsList: {
          baseDir: "/migrations",
          lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
          shadowDbInitScript: "",
          migrationDirectories: [
            {
              path: one.name,
              migrationFile: { path: "migration.sql", content: { tag: "ok", value: one.sql } },
            },
          ],
        },
        filters: { externalTables: [], externalEnums: [] },
      });
    });
    expect(await migrateDatabase({ url, migrations: [one, two] })).toEqual([two.name]);
  });

  test("that fail leave nothing behind, and say where and why", async () => {
    const { url } = database;
    const broken = {
      name: "20260102000000_broken",
      sql: "CREATE TABLE b (id int);\n\nSELECT nope;",
    };
    await expect(migrateDatabase({ url, migrations: [one, broken] })).rejects.toMatchObject({
      code: "internal",
      message:
        'Migration 20260102000000_broken failed at line 3: column "nope" does not exist. ' +
        "Nothing of it was kept",
    });
    expect(await rows("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
    const mended = { ...broken, sql: "CREATE TABLE b (id int);" };
    expect(await migrateDatabase({ url, migrations: [one, mended] })).toEqual([broken.name]);
  });

  test("killed in the middle leave nothing behind, and the next start runs them", async () => {
    const { url } = database;
    const slow = { name: two.name, sql: "CREATE TABLE b (id int); SELECT pg_sleep(60);" };
    const killed = migrateDatabase({ url, migrations: [one, slow] }).catch((error: Error) => error);
    // The backend dies as it does when its server or its client is killed.
    await vi.waitFor(async () => {
      const found = await rows(
        `SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND wait_event = 'PgSleep'`,
      );
      expect(found).toEqual([{ done: true }]);
    });
    expect(await killed).toMatchObject({ code: expect.stringMatching(/internal|unavailable/) });
    expect(await rows("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
    expect(await migrateDatabase({ url, migrations: [one, two] })).toEqual([two.name]);
  });

  test("run once when several processes start at the same time", async () => {
    const { url } = database;
    const slow = { name: one.name, sql: `${one.sql} SELECT pg_sleep(0.2);` };
    const starts = await Promise.all(
      [1, 2, 3, 4].map(() => migrateDatabase({ url, migrations: [slow, two] })),
    );
    expect(starts.flat()).toEqual([one.name, two.name]);
    expect(await rows("SELECT * FROM a")).toHaveLength(1);
  });

  test("wait for Prisma's own lock", async () => {
    const { url } = database;
    let migrating: Promise<string[]> | undefined;
    await onServer(url, async (client) => {
      await client.query("SELECT pg_advisory_lock(72707369)");
      migrating = migrateDatabase({ url, migrations: [one] });
      const asked = new Set<string>();
      await vi.waitFor(async () => {
        const found = await database.db.pool.query<{ at: string }>(
          `SELECT query_start::text AS at FROM pg_stat_activity
           WHERE application_name = 'tessera migrations' AND query LIKE '%pg_try_advisory_lock%'`,
        );
        for (const { at } of found.rows) asked.add(at);
        expect(asked.size).toBeGreaterThan(1);
      });
      expect(await rows("SELECT to_regclass('a') AS a")).toEqual([{ a: null }]);
    });
    expect(await migrating).toEqual([one.name]);
  });

  test("may hold the transaction statements that Prisma writes", async () => {
    const { url } = database;
    const wrapped = { name: two.name, sql: "BEGIN;\nCREATE TABLE b (id int);\nCOMMIT;\n" };
    expect(await migrateDatabase({ url, migrations: [one, wrapped] })).toContain(two.name);
    const sneaky = { name: "20260103000000_sneaky", sql: "SELECT 1; COMMIT; BEGIN; SELECT 2" };
    await expect(migrateDatabase({ url, migrations: [one, wrapped, sneaky] })).rejects.toThrow(
      /20260103000000_sneaky ends the transaction/,
    );
  });

  test("refuse a database of a newer version, an edited script, a begun one", async () => {
    const { url } = database;
    await migrateDatabase({ url, migrations: [one, two] });
    await expect(migrateDatabase({ url, migrations: [one] })).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringContaining(`newer version of Tessera (${two.name})`),
    });
    const edited = { ...one, sql: `${one.sql} ` };
    await expect(migrateDatabase({ url, migrations: [edited, two] })).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringContaining(`Migration ${one.name} is not the one`),
    });
    await database.db.pool.query(
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1",
      [two.name],
    );
    await expect(migrateDatabase({ url, migrations: [one, two] })).rejects.toThrow(
      /begun by Prisma's CLI and did not finish/,
    );
  });

  test("say that a server cannot be reached, or refuses", async () => {
    await expect(
      migrateDatabase({ url: "postgresql://a:b@127.0.0.1:1/c", migrations: [] }),
    ).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("127.0.0.1:1"),
    });
    const elsewhere = new URL(database.url);
    elsewhere.pathname = "/nowhere";
    await expect(migrateDatabase({ url: elsewhere.href, migrations: [] })).rejects.toThrow(
      'The database cannot be reached: database "nowhere" does not exist',
    );
  });
});

describe("hand-written SQL", () => {
  const first = { name: "metrics/0001", sql: "CREATE SCHEMA m; CREATE TABLE m.a (id int)" };
  const second = {
    name: "metrics/0002",
    sql: `CREATE FUNCTION m.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
          INSERT INTO m.a VALUES (m.f());`,
  };

  test("runs after Prisma's, in the list's order, once", async () => {
    const { url } = database;
    const options = { url, migrations: [one], sql: [first] };
    expect(await migrateDatabase(options)).toEqual([one.name, first.name]);
    expect(await migrateDatabase({ ...options, sql: [first, second] })).toEqual([second.name]);
    expect(await migrateDatabase({ ...options, sql: [first, second] })).toEqual([]);
    expect(await rows("SELECT id FROM m.a")).toEqual([{ id: 1 }]);
    expect(await rows("SELECT name FROM public.sql_migration ORDER BY name")).toEqual([
      { name: first.name },
      { name: second.name },
    ]);
  });

  test("that fails leaves nothing, and one that was edited is refused", async () => {
    const { url } = database;
    const broken = { name: second.name, sql: "CREATE TABLE m.b (id int); SELECT 1/0" };
    await expect(migrateDatabase({ url, migrations: [], sql: [first, broken] })).rejects.toThrow(
      "Migration metrics/0002 failed: division by zero. Nothing of it was kept",
    );
    expect(await rows("SELECT to_regclass('m.b') AS b")).toEqual([{ b: null }]);
    const edited = { ...first, sql: `${first.sql};` };
    await expect(migrateDatabase({ url, migrations: [], sql: [edited] })).rejects.toMatchObject({
      code: "failed_precondition",
    });
  });
});
