import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { startPostgresStore } from "./testing/postgres-store.ts";
import { useStore } from "./testing/use-store.ts";

describe("the PostgreSQL backend", () => {
  const setting = useStore(startPostgresStore);

  it("neither loses nor fails a job when its connections are cut again and again", async () => {
    const queue = await setting.open({ timing: { lockMs: 2_000, stalledCheckMs: 500 } });
    const places = new Set<number>();
    await queue.work({
      "line.next": async ({ payload }) => {
        await setTimeout(10);
        places.add(payload.place);
      },
    });
    const cutter = new pg.Client(setting.place().databaseUrl);
    cutter.on("error", () => {});
    await cutter.connect();
    const all = 150;
    const jobs = Array.from({ length: all }, (_, place) => ({
      job: "line.next" as const,
      payload: { place },
    }));
    await queue.addMany(jobs);
    let cut = 0;
    const until = performance.now() + 50_000;
    while (places.size < all && performance.now() < until) {
      await setTimeout(300);
      const { rowCount } = await cutter.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'tessera-queue' AND datname = current_database()`,
      );
      cut += rowCount ?? 0;
    }
    await cutter.end();
    expect(cut).toBeGreaterThan(5);
    await expect
      .poll(() => queue.counts(), { timeout: 20_000 })
      .toMatchObject({ line: { waiting: 0, active: 0, failed: 0, completed: all } });
    expect(setting.logged()).not.toContain("failed for good");
  }, 60_000);

  it("keeps its tables in a schema of its own, and migrates once for many starters", async () => {
    await Promise.all(Array.from({ length: 5 }, () => setting.open()));
    const client = new pg.Client(setting.place().databaseUrl);
    await client.connect();
    const { rows } = await client.query(
      `SELECT DISTINCT schemaname FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    await client.end();
    expect(rows).toEqual([{ schemaname: "queue" }]);
  });
});
