import { createTestDatabase, type TestDatabase } from "@tessera/db/testing/create-test-database";
import { withTransaction } from "@tessera/db/transaction";
import { createLogger } from "@tessera/kit/logger";
import { createQueue, type JobQueue } from "@tessera/queue/create-queue";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqlMigrations } from "../platform/sql-migrations.ts";
import { type BreakableLink, openBreakableLink } from "../testing/breakable-link.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { relayOutbox } from "./relay-outbox.ts";
import { startOutboxRelay } from "./start-outbox-relay.ts";

let database: TestDatabase;
let link: BreakableLink;
let queue: JobQueue;
let place: { readonly db: TestDatabase["db"]; readonly log: ReturnType<typeof createLogger> };

beforeEach(async () => {
  database = await createTestDatabase({ sql: sqlMigrations });
  link = await openBreakableLink(database.url);
  const log = createLogger("test", "silent");
  queue = await createQueue({ databaseUrl: link.url, log });
  place = { db: database.db, log };
});

afterEach(async () => {
  await queue.close();
  await link.cut();
  await database.close();
});

interface Message {
  readonly workloadId: string;
  readonly dedupKey?: string;
}

function write(...messages: readonly Message[]): Promise<void> {
  return withTransaction(place.db.pool, async (client) => {
    for (const { workloadId, dedupKey } of messages) {
      const options = dedupKey === undefined ? {} : { dedupKey };
      await enqueueMessage(client, { job: "workload.stop", payload: { workloadId } }, options);
    }
  });
}

function numbered(count: number): Message[] {
  return Array.from({ length: count }, (_, index) => ({ workloadId: `w${index}` }));
}

const left = (): Promise<number> => place.db.prisma.outbox.count();

async function waiting(): Promise<number> {
  return (await queue.counts())["stop"]?.waiting ?? 0;
}

test("moves every message, in the order in which they were written", async () => {
  await write(...numbered(450));
  await relayOutbox(place, queue);
  expect(await left()).toBe(0);
  expect(await waiting()).toBe(450);
  const done: string[] = [];
  await queue.work({ "workload.stop": async ({ payload }) => void done.push(payload.workloadId) });
  await expect.poll(() => done.length, { timeout: 20_000 }).toBe(450);
  expect(done.slice(0, 3)).toEqual(["w0", "w1", "w2"]);
  expect(new Set(done).size).toBe(450);
});

test("moves each once when several processes do it", async () => {
  await write(...numbered(300));
  await Promise.all([1, 2, 3].map(() => relayOutbox(place, queue)));
  expect(await left()).toBe(0);
  expect(await waiting()).toBe(300);
});

test("nothing leaves before its transaction is over, or when that fails", async () => {
  const failing = withTransaction(place.db.pool, async (client) => {
    await enqueueMessage(client, { job: "workload.stop", payload: { workloadId: "w" } });
    await relayOutbox(place, queue);
    throw new Error("the row could not be written");
  });
  await expect(failing).rejects.toThrow("could not be written");
  await relayOutbox(place, queue);
  expect(await waiting()).toBe(0);
});

test("finds what a process left that died between its commit and its wake", async () => {
  const relay = startOutboxRelay(place, queue, 100);
  await write({ workloadId: "w" });
  await expect.poll(waiting).toBe(1);
  expect(await left()).toBe(0);
  await relay.stop();
});

test("keeps what the queue does not take, and moves it when that is back", async () => {
  await write(...numbered(3));
  await link.cut();
  await expect(relayOutbox(place, queue)).rejects.toMatchObject({ code: "unavailable" });
  expect(await left()).toBe(3);
  await link.mend();
  const relay = startOutboxRelay(place, queue, 100);
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
  await relay.stop();
  expect(await waiting()).toBe(3);
});

test("adds nothing twice when it dies between the queue and its commit", async () => {
  await write(...numbered(3));
  const dying: Pick<JobQueue, "addMany"> = {
    addMany: async (jobs) => {
      await queue.addMany(jobs);
      const { rows } = await place.db.pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
         AND pid <> pg_backend_pid() AND state = 'idle in transaction'`,
      );
      for (const { pid } of rows) {
        await place.db.pool.query("SELECT pg_terminate_backend($1)", [pid]);
      }
    },
  };
  await expect(relayOutbox(place, { ...queue, ...dying })).rejects.toThrow(/./);
  expect(await left()).toBe(3);
  expect(await waiting()).toBe(3);
  await relayOutbox(place, queue);
  expect(await left()).toBe(0);
  expect(await waiting()).toBe(3);
});

test("a database that counts from 1 again is not taken for the one before", async () => {
  const done: string[] = [];
  await queue.work({ "workload.stop": async ({ payload }) => void done.push(payload.workloadId) });
  await write({ workloadId: "old" });
  await relayOutbox(place, queue);
  await expect.poll(() => done).toEqual(["old"]);
  await place.db.pool.query("TRUNCATE outbox RESTART IDENTITY");
  await write({ workloadId: "new" });
  await relayOutbox(place, queue);
  await expect.poll(() => done).toEqual(["old", "new"]);
});

test("drops what no queue can take, and nothing else", async () => {
  await write({ workloadId: "before" });
  await place.db.prisma.outbox.createMany({
    data: [
      { job: "no.such.job", payload: {} },
      { job: "workload.stop", payload: { workloadId: 5 } },
    ],
  });
  await write({ workloadId: "after" });
  await relayOutbox(place, queue);
  expect(await left()).toBe(0);
  expect(await waiting()).toBe(2);
});

test("of messages with one key, one waits", async () => {
  await write({ workloadId: "w", dedupKey: "k" }, { workloadId: "w", dedupKey: "k" });
  await relayOutbox(place, queue);
  await write({ workloadId: "w", dedupKey: "k" });
  await relayOutbox(place, queue);
  expect(await waiting()).toBe(1);
});
