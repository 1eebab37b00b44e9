import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject } from "../projects/create-project.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import type { Context, UserActor } from "./platform.ts";
import { runOnce } from "./run-once.ts";
import { createSeal } from "./seal.ts";

const clock = createTestClock();
const seal = createSeal("a secret for tests", "idempotency");

let platform: TestPlatform;
let ada: Context & { actor: UserActor };
let number = 0;

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore(), clock });
  ada = await platform.createPerson({ name: "Ada" });
});

afterAll(async () => platform?.close());

function nextKey(): string {
  number += 1;
  return `key-${number}`;
}

function create(ctx: Context, key: string, name = key) {
  return runOnce(ctx, { key, seal, request: ["createProject", { name }] }, (each) =>
    createProject(each, { name }),
  );
}

function count(name: string): Promise<number> {
  return platform.platform.db.prisma.project.count({ where: { name } });
}

describe("doing a create once", () => {
  test("gives the same request the same answer", async () => {
    const key = nextKey();
    const first = await create(ada, key);
    expect(await create(ada, key)).toEqual(first);
    expect(await count(key)).toBe(1);
  });

  test("does the work once when requests come at the same moment", async () => {
    const key = nextKey();
    const answers = await Promise.all([1, 2, 3, 4].map(() => create(ada, key)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await count(key)).toBe(1);
  });

  test("refuses another request with the key", async () => {
    const key = nextKey();
    await create(ada, key);
    await expect(create(ada, key, "something else")).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps the keys of different people apart", async () => {
    const bob = await platform.createPerson({ name: "Bob" });
    const key = nextKey();
    const first = await create(ada, key, `${key} of Ada`);
    const second = await create(bob, key, `${key} of Bob`);
    expect(second.id).not.toBe(first.id);
  });

  test("lets a request that failed be sent again", async () => {
    const key = nextKey();
    const once = { key, seal, request: "same" };
    const broken = runOnce(ada, once, () => Promise.reject(new Error("no luck")));
    await expect(broken).rejects.toThrow("no luck");
    expect(await runOnce(ada, once, async () => ({ ok: true }))).toEqual({ ok: true });
  });

  test("keeps no answer readable in the database", async () => {
    const key = nextKey();
    await runOnce(ada, { key, seal, request: 1 }, async () => ({ secret: "tsr_visible" }));
    const { rows } = await platform.platform.db.pool.query(
      "SELECT k::text FROM idempotency_key k WHERE key = $1",
      [key],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("visible");
  });

  test.each([
    [
      "Prisma's transactions",
      async (ctx: Context, name: string) => {
        await createProject(ctx, { name });
      },
    ],
    [
      "a list of statements",
      async (ctx: Context, name: string) => {
        const data = { id: newId(), slug: name, name };
        await ctx.db.prisma.$transaction([ctx.db.prisma.project.create({ data })]);
      },
    ],
    [
      "plain SQL",
      async (ctx: Context, name: string) => {
        await withTransaction(ctx.db.pool, (client) => client.query("SELECT 1"), {
          readOnly: true,
        });
        await withTransaction(ctx.db.pool, (client) =>
          client.query("INSERT INTO project (id, slug, name) VALUES ($1, $2, $2)", [newId(), name]),
        );
      },
    ],
  ])("does not repeat what was committed before a crash: %s", async (_, work) => {
    const key = nextKey();
    const once = { key, seal, request: "crash" };
    let committed = (): void => undefined;
    const isCommitted = new Promise<void>((resolve) => (committed = resolve));
    // Commits, and then never answers: as a process that is killed at that moment.
    void runOnce(ada, once, async (ctx) => {
      await work(ctx, key);
      committed();
      return new Promise<never>(() => undefined);
    });
    await isCommitted;
    clock.advance(61_000);
    await expect(runOnce(ada, once, (ctx) => work(ctx, `${key}-again`))).rejects.toThrow(
      "was carried out",
    );
    expect(await count(key)).toBe(1);
    expect(await count(`${key}-again`)).toBe(0);
  });

  test("takes over what a crash interrupted before it was committed", async () => {
    const key = nextKey();
    const once = { key, seal, request: "crash" };
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    void runOnce(ada, once, () => {
      begun();
      return new Promise<never>(() => undefined);
    });
    await hasBegun;
    clock.advance(61_000);
    expect(await runOnce(ada, once, async () => "done")).toBe("done");
  });
});
