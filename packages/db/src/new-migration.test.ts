import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readMigrations } from "./migrate.ts";
import { newMigration } from "./new-migration.ts";
import { createEmptyTestDatabase, type TestDatabase } from "./testing/create-test-database.ts";

let database: TestDatabase;
let serverUrl: string;

beforeAll(async () => {
  database = await createEmptyTestDatabase();
  serverUrl = database.url;
});

afterAll(async () => database.close());

let prismaFolder: string;

beforeEach(() => {
  prismaFolder = mkdtempSync(path.join(tmpdir(), "tessera-prisma-"));
  mkdirSync(path.join(prismaFolder, "schema"));
  write("schema.prisma", 'datasource db {\n  provider = "postgresql"\n}\n');
});

afterEach(() => rmSync(prismaFolder, { recursive: true, force: true }));

function write(file: string, content: string): void {
  writeFileSync(path.join(prismaFolder, "schema", file), content);
}

const migrations = (): string[] => readdirSync(path.join(prismaFolder, "migrations")).toSorted();

test("each migration leads from the last one's schema to the current one", async () => {
  write("person.prisma", "model Person {\n  id String @id\n}\n");
  const first = await newMigration({ prismaFolder, serverUrl, name: "init" });
  expect(path.basename(first ?? "")).toMatch(/^\d{14}_init$/);
  expect(readFileSync(path.join(first ?? "", "migration.sql"), "utf8")).toContain(
    'CREATE TABLE "Person"',
  );
  expect(await newMigration({ prismaFolder, serverUrl, name: "nothing" })).toBeUndefined();

  write("pet.prisma", "model Pet {\n  id String @id\n  name String @unique\n}\n");
  const second = await newMigration({ prismaFolder, serverUrl, name: "pets" });
  const sql = readFileSync(path.join(second ?? "", "migration.sql"), "utf8");
  expect(sql).toContain('CREATE TABLE "Pet"');
  expect(sql).not.toContain("Person");
  expect(migrations()).toEqual([
    path.basename(first ?? ""),
    path.basename(second ?? ""),
    "migration_lock.toml",
  ]);

  const again = await newMigration({ prismaFolder, serverUrl, name: "all", startAgain: true });
  expect(migrations()).toEqual([path.basename(again ?? ""), "migration_lock.toml"]);
  const [only] = readMigrations(path.join(prismaFolder, "migrations"));
  expect(only?.sql).toMatch(/"Person"[^]*"Pet"/);
  const same = await newMigration({ prismaFolder, serverUrl, name: "all", startAgain: true });
  expect(same).toBeUndefined();
});

test("writes nothing for a schema or a name that is wrong", async () => {
  write("person.prisma", "model Person {\n  id Strin @id\n}\n");
  await expect(newMigration({ prismaFolder, serverUrl, name: "init" })).rejects.toThrow(/Strin/);
  await expect(newMigration({ prismaFolder, serverUrl, name: "../up" })).rejects.toThrow(
    /is no name/,
  );
  expect(existsSync(path.join(prismaFolder, "migrations"))).toBe(false);
  expect(existsSync(path.join(prismaFolder, "migrated.prisma"))).toBe(false);
});
