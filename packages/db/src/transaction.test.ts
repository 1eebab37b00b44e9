import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  constraintViolation,
  isConnectionLoss,
  isTransientConflict,
  isUniqueViolation,
  platformErrorOf,
  sqlStateOf,
} from "./database-error.ts";
import { createTestDatabase, type TestDatabase } from "./testing/create-test-database.ts";
import { withTransaction } from "./transaction.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.pool.query("CREATE TABLE counter (name text PRIMARY KEY, n int NOT NULL)");
});

afterAll(async () => database.close());

beforeEach(async () => {
  await database.db.pool.query("TRUNCATE counter");
  await database.db.pool.query("INSERT INTO counter VALUES ('a', 0), ('b', 0)");
});

async function value(name: string): Promise<number> {
  const found = await database.db.pool.query("SELECT n FROM counter WHERE name = $1", [name]);
  return found.rows[0].n;
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("a transaction", () => {
  test("keeps all of it or nothing", async () => {
    const { pool } = database.db;
    const result = await withTransaction(pool, async (client) => {
      await client.query("UPDATE counter SET n = 1");
      return "done";
    });
    expect(result).toBe("done");
    const fault = new Error("changed its mind");
    const failure = await failureOf(
      withTransaction(pool, async (client) => {
        await client.query("UPDATE counter SET n = 2");
        throw fault;
      }),
    );
    expect(failure).toBe(fault);
    expect(await value("a")).toBe(1);
  });

  test("gives its connection back, whatever happened", async () => {
    const { pool } = database.db;
    for (let round = 0; round < 15; round += 1) {
      await failureOf(withTransaction(pool, (client) => client.query("SELECT nope")));
    }
    await failureOf(
      withTransaction(pool, async (client) => {
        await client.query("SELECT pg_terminate_backend(pg_backend_pid())");
      }),
    );
    expect(await value("a")).toBe(0);
    expect(pool.totalCount).toBe(pool.idleCount);
  });

  test("can be read-only", async () => {
    const failure = await failureOf(
      withTransaction(database.db.pool, (client) => client.query("UPDATE counter SET n = 1"), {
        readOnly: true,
      }),
    );
    expect(sqlStateOf(failure)).toBe("25006");
  });

  test("runs again after a lost race when it may, and not when it may not", async () => {
    const { pool } = database.db;
    const increment = (retries: number): Promise<void> =>
      withTransaction(
        pool,
        async (client) => {
          const found = await client.query("SELECT n FROM counter WHERE name = 'a'");
          await client.query("SELECT pg_sleep(0.02)");
          await client.query("UPDATE counter SET n = $1 WHERE name = 'a'", [found.rows[0].n + 1]);
        },
        { isolation: "serializable", retries },
      );
    await Promise.all(Array.from({ length: 5 }, () => increment(20)));
    expect(await value("a")).toBe(5);

    const failures = await Promise.all([failureOf(increment(0)), failureOf(increment(0))]);
    expect(failures.filter((failure) => isTransientConflict(failure))).toHaveLength(1);
    expect(await value("a")).toBe(6);
  });

  test("runs again after a deadlock", async () => {
    const { pool } = database.db;
    let met = 0;
    const crossing = (names: [string, string]): Promise<void> =>
      withTransaction(
        pool,
        async (client) => {
          await client.query("UPDATE counter SET n = n + 1 WHERE name = $1", [names[0]]);
          met += 1;
          await vi.waitFor(() => expect(met).toBeGreaterThanOrEqual(2));
          await client.query("UPDATE counter SET n = n + 1 WHERE name = $1", [names[1]]);
        },
        { retries: 3 },
      );
    await Promise.all([crossing(["a", "b"]), crossing(["b", "a"])]);
    expect(met).toBeGreaterThan(2);
    expect([await value("a"), await value("b")]).toEqual([2, 2]);
  });
});

describe("errors of the database", () => {
  const project = { id: "p1", slug: "one", name: "One" };

  test("tell a unique violation, from Prisma and from plain SQL alike", async () => {
    const { prisma, pool } = database.db;
    await prisma.project.create({ data: project });
    const viaPrisma = await failureOf(prisma.project.create({ data: { ...project, id: "p2" } }));
    const viaSql = await failureOf(
      pool.query("INSERT INTO project (id, slug, name) VALUES ('p3', 'one', 'Three')"),
    );
    for (const failure of [viaPrisma, viaSql]) {
      expect(constraintViolation(failure)).toMatchObject({
        kind: "unique",
        constraint: "project_slug_key",
        table: "project",
      });
      expect(isUniqueViolation(failure)).toBe(true);
      expect(isUniqueViolation(failure, "project_slug_key")).toBe(true);
      expect(isUniqueViolation(failure, "project_pkey")).toBe(false);
      expect(sqlStateOf(failure)).toBe("23505");
      expect(platformErrorOf(failure)).toBeUndefined();
    }
  });

  test("tell a missing parent", async () => {
    const { prisma } = database.db;
    const failure = await failureOf(
      prisma.experiment.create({ data: { id: "e", projectId: "none", number: 0, name: "x" } }),
    );
    expect(constraintViolation(failure)).toMatchObject({
      kind: "foreign key",
      constraint: "experiment_project_id_fkey",
    });
  });

  test("tell text that cannot be stored, which is the caller's mistake", async () => {
    const { prisma, pool } = database.db;
    const viaPrisma = await failureOf(
      prisma.project.create({ data: { id: "p4", slug: "four", name: "nul \0" } }),
    );
    const viaSql = await failureOf(pool.query("SELECT $1::text", ["nul \0"]));
    const tooLarge = await failureOf(pool.query("SELECT $1::int", ["99999999999"]));
    for (const failure of [viaPrisma, viaSql, tooLarge]) {
      expect(platformErrorOf(failure)).toMatchObject({ code: "invalid_argument" });
    }
  });

  test("tell that the server is away", async () => {
    const { pool } = database.db;
    const ended = await failureOf(pool.query("SELECT pg_terminate_backend(pg_backend_pid())"));
    expect(isConnectionLoss(ended)).toBe(true);
    expect(platformErrorOf(ended)).toMatchObject({ code: "unavailable" });
    expect(isConnectionLoss(new Error("Connection terminated unexpectedly"))).toBe(true);
  });

  test("are not made of other things", () => {
    for (const other of [undefined, null, "text", new Error("else"), { code: 5 }]) {
      expect(platformErrorOf(other)).toBeUndefined();
      expect(constraintViolation(other)).toBeUndefined();
      expect(isTransientConflict(other)).toBe(false);
    }
  });
});
