import { createServer } from "node:net";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { createDatabase } from "./client.ts";
import { isConnectionLoss, platformErrorOf } from "./database-error.ts";
import { createTestDatabase } from "./testing/create-test-database.ts";

test("Prisma and plain SQL share one pool of the asked size", async () => {
  const home = await createTestDatabase();
  const db = createDatabase({ url: home.url, poolSize: 3, applicationName: "sharing" });
  try {
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0 ? db.prisma.project.count() : db.pool.query("SELECT pg_sleep(0.01)"),
      ),
    );
    const counted = await home.db.pool.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'sharing'",
    );
    expect(counted.rows).toEqual([{ n: 3 }]);
    await db.close();
    await vi.waitFor(async () => {
      const left = await home.db.pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'sharing'",
      );
      expect(left.rowCount).toBe(0);
    });
  } finally {
    await home.close();
  }
});

test("survives the loss of its connections and tells of it", async () => {
  const home = await createTestDatabase();
  const losses: Error[] = [];
  const db = createDatabase({
    url: home.url,
    applicationName: "losing",
    onConnectionError: (error) => losses.push(error),
  });
  try {
    expect(await db.prisma.project.count()).toBe(0);
    await home.db.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'losing'",
    );
    await vi.waitFor(() => expect(losses).toHaveLength(1));
    expect(isConnectionLoss(losses[0])).toBe(true);
    expect(await db.prisma.project.count()).toBe(0);
  } finally {
    await db.close();
    await home.close();
  }
});

test("a transaction waits for a connection longer than Prisma would, and not for ever", async () => {
  const home = await createTestDatabase();
  const db = createDatabase({ url: home.url, poolSize: 1 });
  try {
    const holder = await db.pool.connect();
    const waiting = db.prisma.$transaction((tx) => tx.project.count());
    const hasty = db.prisma.$transaction((tx) => tx.project.count(), { maxWait: 50 });
    const failure = await hasty.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(platformErrorOf(failure)).toMatchObject({ code: "unavailable" });
    // Past Prisma's own limit of two seconds.
    await holder.query("SELECT pg_sleep(2.5)");
    holder.release();
    expect(await waiting).toBe(0);
  } finally {
    await db.close();
    await home.close();
  }
});

test("opens without a server, and each query says that it is away", async () => {
  const placeholder = createServer().listen(0, "127.0.0.1");
  await once(placeholder, "listening");
  const address = placeholder.address();
  const port = typeof address === "object" ? address?.port : undefined;
  placeholder.close();
  await once(placeholder, "close");
  const db = createDatabase({ url: `postgresql://a:b@127.0.0.1:${port}/c` });
  const failures = await Promise.all(
    [db.prisma.project.count(), db.pool.query("SELECT 1")].map((query) =>
      query.then(
        () => undefined,
        (error: unknown) => error,
      ),
    ),
  );
  expect(failures.map((failure) => isConnectionLoss(failure))).toEqual([true, true]);
  await db.close();
});
