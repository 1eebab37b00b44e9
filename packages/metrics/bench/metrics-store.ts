/*
 * What the metric store does on this machine, alone with its PostgreSQL: no HTTP, commits durable.
 * `npm run bench -w @tessera/metrics [-- append single chart size]`. Compare ratios within one run.
 */
import { performance } from "node:perf_hooks";
import type { Pool } from "pg";
import { newId } from "@tessera/kit/ids";
import { appendPoints } from "../src/append-points.ts";
import { chart } from "../src/chart.ts";
import { compact } from "../src/compact.ts";
import { history } from "../src/history.ts";
import { latestFor } from "../src/latest.ts";
import type { MetricPoint } from "../src/point.ts";
import { createPointWriter } from "../src/point-writer.ts";
import { openStore } from "../src/testing/open-store.ts";

const KEYS = Array.from({ length: 100 }, (_, i) => `train/metric_${String(i).padStart(3, "0")}`);

/** A training step's worth of float32 losses, ten for each of a hundred keys. */
function batchAt(batch: number): MetricPoint[] {
  return KEYS.flatMap((key, k) =>
    Array.from({ length: 10 }, (_, i) => {
      const step = batch * 10 + i;
      const value = Math.fround(Math.exp(-step / 5000) + Math.random() * 0.1 + k);
      return { key, value, step, timestampMs: 1_700_000_000_000 + step * 37 + (step % 5) };
    }),
  );
}

function seriesAt(from: number, length: number, exact: boolean): MetricPoint[] {
  return Array.from({ length }, (_, i) => {
    const step = from + i;
    const value = 2 * Math.exp(-step / 200_000) + Math.random() * 0.1;
    return {
      key: "loss",
      value: exact ? value : Math.fround(value),
      step,
      timestampMs: 1_700_000_000_000 + step * 37 + (step % 5),
    };
  });
}

function quantile(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
}

async function timed(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work(i);
    times.push(performance.now() - start);
  }
  return times;
}

function print(what: string, figures: Record<string, string | number>): void {
  const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stdout.write(`${what.padEnd(44)} ${words.join("  ")}\n`);
}

async function settle(pool: Pool): Promise<void> {
  while ((await compact(pool, { limit: 500, everything: true })).batches > 0);
}

async function appendRate(pool: Pool, what: string, clients: number): Promise<void> {
  const batches = 240;
  const start = performance.now();
  const perClient = Array.from({ length: clients }, async () => {
    const runId = newId();
    return timed(batches / clients, async (batch) =>
      appendPoints(pool, [{ runId, scope: "bench", points: batchAt(batch) }]),
    );
  });
  const times = (await Promise.all(perClient)).flat();
  const rate = (batches * 1000) / (performance.now() - start);
  print(`${what}, ${clients} clients`, {
    "points/s": `${Math.round(rate)}k`,
    "batch p50 ms": quantile(times, 0.5),
    p99: quantile(times, 0.99),
  });
}

/** The common way, for a ratio within the run: a row a point, keyed as MLflow keys it, and the latest. */
async function rowRate(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS point_row (key text, "timestamp" bigint, step bigint, run_id text,
      value float8, is_nan boolean, PRIMARY KEY (key, "timestamp", step, run_id, value, is_nan));
    CREATE TABLE IF NOT EXISTS latest_row (run_id text, key text, "timestamp" bigint, step bigint,
      value float8, PRIMARY KEY (run_id, key))`);
  const runId = newId();
  const start = performance.now();
  const times = await timed(100, async (batch) => {
    const points = batchAt(batch);
    const columns = [
      points.map(({ key }) => key),
      points.map(({ timestampMs }) => timestampMs),
      points.map(({ step }) => step),
      points.map(({ value }) => value),
    ];
    await pool.query({
      name: "rows",
      text: `
        WITH p AS (SELECT * FROM unnest($2::text[], $3::int8[], $4::int8[], $5::float8[])
          AS p (key, "timestamp", step, value)),
        log AS (INSERT INTO point_row SELECT key, "timestamp", step, $1, value, false FROM p
          ON CONFLICT DO NOTHING)
        INSERT INTO latest_row AS l SELECT DISTINCT ON (key) $1, key, "timestamp", step, value FROM p
        ORDER BY key, step DESC, "timestamp" DESC, value DESC
        ON CONFLICT (run_id, key) DO UPDATE SET "timestamp" = excluded."timestamp",
          step = excluded.step, value = excluded.value
        WHERE (l.step, l."timestamp", l.value) < (excluded.step, excluded."timestamp", excluded.value)`,
      values: [runId, ...columns],
    });
  });
  print("(a row a point, for comparison), 1 client", {
    "points/s": `${Math.round(100_000 / (performance.now() - start))}k`,
    "batch p50 ms": quantile(times, 0.5),
  });
}

async function benchAppend(pool: Pool): Promise<void> {
  await appendRate(pool, "(warm up) batches of 1,000", 8);
  for (const clients of [1, 8]) await appendRate(pool, "batches of 1,000, nothing stored", clients);
  await rowRate(pool);
  const runIds = Array.from({ length: 10 }, () => newId());
  for (let batch = 0; batch < 300; batch++) {
    for (const runId of runIds) {
      await appendPoints(pool, [{ runId, scope: "bench", points: batchAt(batch) }]);
    }
  }
  const start = performance.now();
  await settle(pool);
  const rate = 3000 / (performance.now() - start);
  print("compaction of 100-key runs", { "points/s": `${Math.round(rate * 1000)}k` });
  for (const clients of [1, 8]) await appendRate(pool, "batches of 1,000, 4 M stored", clients);
  await rowRate(pool);
  const [runId = ""] = runIds;
  const again = batchAt(7);
  const retry = await timed(100, async () =>
    appendPoints(pool, [{ runId, scope: "bench", points: again }]),
  );
  print("a batch sent again, 3,000 points a key", { "p50 ms": quantile(retry, 0.5) });
}

async function benchSingle(pool: Pool): Promise<void> {
  const writer = createPointWriter(pool);
  for (const callers of [1, 8, 256]) {
    const runIds = Array.from({ length: Math.min(callers, 16) }, () => newId());
    const calls = callers === 1 ? 500 : 12_000;
    const start = performance.now();
    const perCaller = Array.from({ length: callers }, async (_, caller) =>
      timed(Math.floor(calls / callers), async (step) =>
        writer.append({
          runId: runIds[caller % runIds.length] as string,
          scope: "bench",
          points: [{ key: `key ${caller}`, value: step / 3, step, timestampMs: 1.7e12 + step }],
        }),
      ),
    );
    const times = (await Promise.all(perCaller)).flat();
    print(`single points, ${callers} callers`, {
      "points/s": Math.round((times.length * 1000) / (performance.now() - start)),
      "p50 ms": quantile(times, 0.5),
      p99: quantile(times, 0.99),
    });
  }
  await writer.close();
}

async function fill(pool: Pool, points: number, exact = false): Promise<string> {
  const runId = newId();
  for (let from = 0; from < points; from += 50_000) {
    const length = Math.min(50_000, points - from);
    await appendPoints(pool, [{ runId, scope: "bench", points: seriesAt(from, length, exact) }]);
    if (from % 1_000_000 === 0) await settle(pool);
  }
  await settle(pool);
  return runId;
}

async function benchChart(pool: Pool): Promise<void> {
  for (const points of [10_000, 100_000, 1_000_000, 10_000_000]) {
    const runId = await fill(pool, points);
    const figures: Record<string, string> = {};
    for (const buckets of [600, 1000, 5000]) {
      const query = { runIds: [runId], keys: ["loss"], axis: "step", buckets } as const;
      const times = await timed(40, async () => chart(pool, query));
      const [line] = await chart(pool, query);
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      figures[`n=${buckets}`] = `${p50}/${p99} (${line?.x.length})`;
    }
    const zoom = {
      axis: "time",
      from: 1_700_000_100_000,
      to: 1_700_000_100_000 + points * 9,
    } as const;
    const times = await timed(20, async () =>
      chart(pool, { runIds: [runId], keys: ["loss"], buckets: 1000, ...zoom }),
    );
    figures["zoom n=1000"] = quantile(times, 0.5);
    const pages = await timed(20, async () => history(pool, { runId, key: "loss" }));
    figures["history page"] = quantile(pages, 0.5);
    print(`chart of ${points} points, p50/p99 ms (buckets)`, figures);
  }
  for (const points of [1000, 10_000, 50_000]) {
    const runIds: string[] = [];
    for (let run = 0; run < 100; run++) runIds.push(await fill(pool, points));
    const query = { runIds, keys: ["loss"], axis: "step", buckets: 300 } as const;
    const times = await timed(20, async () => chart(pool, query));
    const lines = await chart(pool, query);
    print(`100 runs of ${points} points, n=300`, {
      "p50 ms": quantile(times, 0.5),
      buckets: lines[0]?.x.length ?? 0,
    });
  }
}

async function benchSize(pool: Pool): Promise<void> {
  const bytes = async () => {
    // Without it, dead rows of the batches that were compacted would count.
    for (const table of ["pending", "segment", "series", "latest"]) {
      await pool.query(`VACUUM FULL metrics.${table}`);
    }
    const { rows } = await pool.query<{ size: string }>(
      "SELECT sum(pg_total_relation_size(oid)) AS size FROM pg_class WHERE relkind = 'r' AND relnamespace = 'metrics'::regnamespace",
    );
    return Number(rows[0]?.size);
  };
  const measure = async (what: string, points: number, work: () => Promise<unknown>) => {
    const before = await bytes();
    await work();
    const logged = await bytes();
    await settle(pool);
    const size = (after: number) => ((after - before) / points).toFixed(2);
    print(`bytes a point, ${what}`, { pending: size(logged), compacted: size(await bytes()) });
  };
  for (const exact of [false, true]) {
    await measure(exact ? "one series of float64" : "one series of float32", 500_000, async () => {
      const runId = newId();
      for (let from = 0; from < 500_000; from += 1000) {
        await appendPoints(pool, [{ runId, scope: "size", points: seriesAt(from, 1000, exact) }]);
      }
    });
  }
  await measure("100 keys, batches of 1,000", 500_000, async () => {
    const runId = newId();
    for (let batch = 0; batch < 500; batch++) {
      await appendPoints(pool, [{ runId, scope: "size", points: batchAt(batch) }]);
    }
  });
  await measure("1,000 runs of 10 keys, a point each", 10_000, async () => {
    for (let run = 0; run < 1000; run++) {
      const points = KEYS.slice(0, 10).map((key) => ({
        key,
        value: run / 7,
        step: 1,
        timestampMs: 1.7e12,
      }));
      await appendPoints(pool, [{ runId: newId(), scope: "size", points }]);
    }
  });
}

async function benchLatest(pool: Pool): Promise<void> {
  const runIds = Array.from({ length: 5000 }, () => newId());
  for (const runId of runIds) {
    const points = KEYS.slice(0, 10).map((key) => ({
      key,
      value: Math.random(),
      step: 1,
      timestampMs: 1.7e12,
    }));
    await appendPoints(pool, [{ runId, scope: "latest", points }]);
  }
  const measure = async (state: string) => {
    for (const runs of [100, 5000]) {
      const times = await timed(20, async () => latestFor(pool, runIds.slice(0, runs)));
      print(`latest of ${runs} ${state} runs, 10 keys`, { "p50 ms": quantile(times, 0.5) });
    }
  };
  await measure("pending");
  await settle(pool);
  await measure("compacted");
}

const benches = {
  append: benchAppend,
  single: benchSingle,
  chart: benchChart,
  latest: benchLatest,
  size: benchSize,
} as const;

const chosen = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const store = await openStore({ durable: true });
  try {
    await bench(store.pool);
  } finally {
    await store.close();
  }
}
