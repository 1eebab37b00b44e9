import { setTimeout } from "node:timers/promises";
import type { ClientBase } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@tessera/kit/ids";
import { appendPoints } from "./append-points.ts";
import { chart } from "./chart.ts";
import { readSources } from "./chart-source.ts";
import { compact } from "./compact.ts";
import { compactRuns } from "./compact-runs.ts";
import { deleteRuns } from "./delete-runs.ts";
import { history, type HistoryPoint } from "./history.ts";
import { latestFor } from "./latest.ts";
import type { MetricPoint } from "./point.ts";
import { createPointWriter } from "./point-writer.ts";
import { readSnapshot } from "./snapshot.ts";
import { openStore, type TestStore } from "./testing/open-store.ts";

let store: TestStore;

beforeAll(async () => {
  store = await openStore();
});

afterAll(async () => {
  await store.close();
});

const WRITERS = 8;
const keys = Array.from({ length: 20 }, (_, i) => `metric ${i}`);

/** The same keys in an order of the writer's own, and steps that no other writer has. */
function batchOf(writer: number, batch: number): MetricPoint[] {
  const step = batch * WRITERS + writer;
  const points = keys.map((key) => ({ key, value: step, step, timestampMs: 1_000 + step }));
  return writer % 2 === 0 ? points : points.toReversed();
}

async function allPoints(runId: string, key: string): Promise<HistoryPoint[]> {
  const { points, nextToken } = await history(store.pool, { runId, key });
  expect(nextToken).toBeUndefined();
  return points;
}

test("eight writers of the same keys, with compaction and readers, lose nothing", async () => {
  const runIds = [newId(), newId()];
  const batches = 60;
  let writing = WRITERS;
  const write = async (writer: number) => {
    for (let batch = 0; batch < batches; batch++) {
      const points = batchOf(writer, batch);
      const writes = runIds.map((runId) => ({ runId, scope: "1", points }));
      await appendPoints(store.pool, writer % 2 === 0 ? writes : writes.toReversed());
    }
    writing--;
  };
  const keepCompacting = async () => {
    while (writing > 0) await compact(store.pool, { everything: true });
  };
  /** Every chart shows the points up to some moment: never fewer than the one before. */
  const keepReading = async () => {
    let before = 0;
    while (writing > 0) {
      const [line] = await chart(store.pool, {
        runIds: runIds.slice(0, 1),
        keys: ["metric 7"],
        axis: "step",
        buckets: 50,
      });
      const points = line?.points ?? 0;
      expect(points).toBeGreaterThanOrEqual(before);
      before = points;
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  await Promise.all([...writers, keepCompacting(), keepCompacting(), keepReading()]);
  const total = WRITERS * batches;
  const latest = await latestFor(store.pool, runIds);
  for (const runId of runIds) {
    const rows = latest.get(runId) ?? [];
    expect(rows.map(({ key, count }) => [key, count])).toEqual(
      keys.toSorted().map((key) => [key, total]),
    );
    expect(new Set(rows.map(({ value }) => value))).toEqual(new Set([total - 1]));
    for (const key of keys.slice(0, 3)) {
      const steps = (await allPoints(runId, key)).map(({ step }) => step);
      expect(steps).toEqual(Array.from({ length: total }, (_, step) => step));
    }
  }
}, 60_000);

test("deletion meets writers and compaction without a deadlock", async () => {
  const runId = newId();
  let deletions = 0;
  const write = async (writer: number) => {
    for (let batch = 0; deletions < 20; batch++) {
      await appendPoints(store.pool, [{ runId, scope: "1", points: batchOf(writer, batch) }]);
    }
  };
  const keepCompacting = async () => {
    while (deletions < 20) await compactRuns(store.pool, [runId]);
  };
  const keepDeleting = async () => {
    for (; deletions < 20; deletions++) {
      const client = await store.pool.connect();
      await client.query("BEGIN");
      await deleteRuns(client, [runId]);
      await client.query("COMMIT");
      client.release();
    }
  };
  await Promise.all([write(0), write(1), write(2), keepCompacting(), keepDeleting()]);
  const client = await store.pool.connect();
  await deleteRuns(client, [runId]).finally(() => client.release());
  expect((await latestFor(store.pool, [runId])).size).toBe(0);
  expect(await allPoints(runId, keys[0] as string)).toEqual([]);
}, 60_000);

test("what is read at two moments of one chart does not move with a compaction between", async () => {
  const runId = newId();
  const points = Array.from({ length: 10 }, (_, batch) => batchOf(0, batch)).flat();
  await appendPoints(store.pool, [{ runId, scope: "1", points }]);
  const read = async (client: ClientBase) => readSources(client, [runId], keys);
  await readSnapshot(store.pool, async (client) => {
    const before = await read(client);
    expect(await compactRuns(store.pool, [runId])).toBe(1);
    expect(await read(client)).toEqual(before);
  });
  const [after] = await readSnapshot(store.pool, read);
  expect(after?.loose.values.length).toBe(0);
});

/** Ends the backend that compacts, wherever it is; tells whether there was one. */
async function killCompaction(): Promise<boolean> {
  const { rows } = await store.pool.query<{ killed: boolean }>(
    `SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity
     WHERE pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'`,
  );
  return rows.some((row) => row.killed);
}

test("compaction that is killed at any moment neither loses nor doubles a point", async () => {
  const runId = newId();
  let step = 0;
  let killed = 0;
  for (let round = 0; round < 40; round++) {
    for (let batch = 0; batch < 3; batch++) {
      const points = Array.from({ length: 500 }, (_, i): MetricPoint[] => {
        const at = step + i;
        return [
          { key: "loss", value: at, step: at, timestampMs: at },
          { key: "acc", value: -at, step: at, timestampMs: at },
        ];
      });
      await appendPoints(store.pool, [{ runId, scope: "1", points: points.flat() }]);
      step += 500;
    }
    const compaction = compactRuns(store.pool, [runId]).then(
      () => "done",
      () => "killed",
    );
    await setTimeout(round * 0.7);
    await killCompaction();
    if ((await compaction) === "killed") killed++;
    const [line] = await chart(store.pool, {
      runIds: [runId],
      keys: ["loss"],
      axis: "step",
      buckets: 10,
    });
    expect(line?.points).toBe(step);
  }
  expect(killed).toBeGreaterThan(5);
  expect(killed).toBeLessThan(40);
  await vi.waitFor(async () => {
    await compactRuns(store.pool, [runId]);
    const left = await store.pool.query("SELECT FROM metrics.pending WHERE run_id = $1", [runId]);
    expect(left.rows).toEqual([]);
  });
  const [acc, loss] = (await latestFor(store.pool, [runId])).get(runId) ?? [];
  expect(acc).toMatchObject({ key: "acc", count: step, value: 1 - step });
  expect(loss).toMatchObject({ key: "loss", count: step, value: step - 1 });
  const { points } = await history(store.pool, { runId, key: "loss", limit: 25_000 });
  expect(points.map((point) => point.step)).toEqual(
    Array.from({ length: Math.min(step, 25_000) }, (_, at) => at),
  );
}, 60_000);

test("a writer puts the points of many callers into few commits, each told when it is there", async () => {
  const writer = createPointWriter(store.pool);
  const runIds = Array.from({ length: 5 }, () => newId());
  const commits = async () => {
    const { rows } = await store.pool.query<{ n: string }>(
      "SELECT count(*) AS n FROM metrics.pending",
    );
    return Number(rows[0]?.n);
  };
  const before = await commits();
  await Promise.all(
    Array.from({ length: 500 }, async (_, step) => {
      const runId = runIds[step % 5] as string;
      const point = { key: "loss", value: step, step, timestampMs: step };
      await writer.append({ runId, scope: "1", points: [point] });
      const own = await latestFor(store.pool, [runId]);
      expect(own.get(runId)?.[0]?.step).toBeGreaterThanOrEqual(step);
    }),
  );
  expect(await commits()).toBeLessThan(before + 40);
  await writer.close();
  const late = writer.append({ runId: "a", scope: "1", points: [] });
  await expect(late).rejects.toMatchObject({ code: "unavailable" });
});

test("a writer refuses what is wrong or too much, and serves the rest", async () => {
  const writer = createPointWriter(store.pool, { waitingPoints: 3 });
  const runId = newId();
  const write = (step: number) =>
    writer.append({ runId, scope: "1", points: [{ key: "a", value: 1, step, timestampMs: step }] });
  const results = await Promise.allSettled([
    write(1),
    write(0.5),
    write(2),
    write(3),
    write(4),
    write(5),
  ]);
  const codes = results.map((one) =>
    one.status === "fulfilled" ? "stored" : (one.reason as { code: string }).code,
  );
  expect(codes).toEqual([
    "stored",
    "invalid_argument",
    "stored",
    "stored",
    "stored",
    "unavailable",
  ]);
  expect((await allPoints(runId, "a")).map(({ step }) => step)).toEqual([1, 2, 3, 4]);
});
