import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onServer } from "./internal/database-admin.ts";
import { type Catalog, catalogDifferences, readCatalog } from "./internal/catalog.ts";
import {
  type PrismaSchema,
  readSchema,
  sqlBetween,
  withSchemaEngine,
} from "./internal/schema-engine.ts";
import { findMigrationsFolder } from "./migrate.ts";
import {
  createEmptyTestDatabase,
  createTestDatabase,
  type TestDatabase,
} from "./testing/create-test-database.ts";

const schema = readSchema(path.join(findMigrationsFolder(import.meta.dirname), "../schema"));

let migrated: TestDatabase;
let fromMigrations: Catalog;

beforeAll(async () => {
  migrated = await createTestDatabase();
  fromMigrations = await onServer(migrated.url, readCatalog);
});

afterAll(async () => migrated.close());

/** The catalog of a database made from a schema at one go. */
async function catalogOf(files: PrismaSchema): Promise<Catalog> {
  const empty = await createEmptyTestDatabase();
  try {
    const sql = await withSchemaEngine(empty.url, (engine) => sqlBetween(engine, [], files));
    return await onServer(empty.url, async (client) => {
      await client.query(sql);
      return readCatalog(client);
    });
  } finally {
    await empty.close();
  }
}

/** The schema with one line changed, as by somebody who forgot the migration. */
function changed(from: string | RegExp, to: string): PrismaSchema {
  let changes = 0;
  const files = schema.map(({ path: file, content }) => {
    const next = changes === 0 ? content.replace(from, to) : content;
    if (next !== content) changes += 1;
    return { path: file, content: next };
  });
  expect(changes).toBe(1);
  return files;
}

test("migrations make the database that the schema describes", async () => {
  // Otherwise: npm run migration -w @tessera/db -- <what changed>
  expect(fromMigrations.length).toBeGreaterThan(100);
  expect(catalogDifferences(fromMigrations, await catalogOf(schema))).toEqual([]);
});

describe("is not blind to", () => {
  test("one more column", async () => {
    const files = changed(/model Project \{\n/, "model Project {\n  extra String?\n");
    const differences = catalogDifferences(fromMigrations, await catalogOf(files));
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/^\+ column project\.extra type text null t/);
  });

  test("another default", async () => {
    const files = changed(/@default\(""\)/, '@default("none")');
    const differences = catalogDifferences(fromMigrations, await catalogOf(files));
    expect(differences).toHaveLength(2);
  });

  test("a missing index, a constraint, an enum", async () => {
    await onServer(migrated.url, async (client) => {
      await client.query("BEGIN");
      await client.query("DROP INDEX audit_entry_at_idx");
      await client.query("ALTER TABLE project ADD CHECK (name <> 'x')");
      await client.query("CREATE TYPE mood AS ENUM ('good', 'bad')");
      await client.query("CREATE SEQUENCE tally");
      const differences = catalogDifferences(fromMigrations, await readCatalog(client));
      expect(differences.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "- index CREATE",
        "+ constraint project.project_name_check",
        "+ enum mood",
        "+ sequence tally",
        "+ table tally",
      ]);
      await client.query("ROLLBACK");
    });
  });
});
