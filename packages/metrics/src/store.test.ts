import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@tessera/kit/ids";
import { appendPoints } from "./append-points.ts";
import { chart } from "./chart.ts";
import { compact } from "./compact.ts";
import { deleteRuns } from "./delete-runs.ts";
import { history } from "./history.ts";
import { keysFor } from "./keys.ts";
import { latestFor } from "./latest.ts";
import { modelMetrics } from "./model-metrics.ts";
import type { MetricPoint } from "./point.ts";
import { openStore, type TestStore } from "./testing/open-store.ts";

let store: TestStore;

beforeAll(async () => {
  store = await openStore();
});

afterAll(async () => {
  await store.close();
});

const point = (step: number, value: number, rest: Partial<MetricPoint> = {}): MetricPoint => ({
  key: "loss",
  value,
  step,
  timestampMs: 1_700_000_000_000 + step * 1000,
  ...rest,
});

const append = (runId: string, points: readonly MetricPoint[], scope = "experiment") =>
  appendPoints(store.pool, [{ runId, scope, points }]);

const settle = () => compact(store.pool, { everything: true });

async function appended(points: readonly MetricPoint[], scope?: string): Promise<string> {
  const runId = newId();
  await append(runId, points, scope);
  return runId;
}

const drawn = async (runId: string, query: Partial<Parameters<typeof chart>[1]> = {}) => {
  const lines = await chart(store.pool, {
    runIds: [runId],
    keys: ["loss"],
    axis: "step",
    buckets: 1000,
    ...query,
  });
  return lines[0];
};

test("latest is by step, then timestamp, then value, whatever came last", async () => {
  const runId = await appended([point(5, 1), point(7, 2), point(7, 3, { timestampMs: 0 })]);
  await append(runId, [point(6, 9)]);
  expect((await latestFor(store.pool, [runId])).get(runId)).toEqual([
    {
      key: "loss",
      value: 2,
      step: 7,
      timestampMs: 1_700_000_007_000,
      min: 1,
      max: 9,
      count: 4,
      firstTimestampMs: 0,
      lastTimestampMs: 1_700_000_007_000,
    },
  ]);
});

test("NaN and infinities come back as they are, and NaN is neither least nor greatest", async () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1 + 0.2];
  const runId = await appended(values.map((value, step) => point(step, value)));
  const inLog = await history(store.pool, { runId, key: "loss" });
  await settle();
  const inRow = await history(store.pool, { runId, key: "loss" });
  expect(inLog.points.map(({ value }) => value)).toEqual(values);
  expect(inRow).toEqual(inLog);
  const [latest] = (await latestFor(store.pool, [runId])).get(runId) ?? [];
  expect(latest).toMatchObject({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
  const nothing = await appended([point(0, Number.NaN)]);
  const [only] = (await latestFor(store.pool, [nothing])).get(nothing) ?? [];
  expect(only).toMatchObject({ value: Number.NaN, min: null, max: null });
});

test("a batch sent again after compaction is in history and charts once", async () => {
  const points = Array.from({ length: 3000 }, (_, step) => point(step, Math.sin(step)));
  const runId = await appended(points);
  await settle();
  await append(runId, points.slice(1000, 1500));
  const line = await drawn(runId);
  expect(line?.points).toBe(3000);
  expect(line?.count.reduce((sum, count) => sum + count)).toBe(3000);
  const page = await history(store.pool, { runId, key: "loss" });
  expect(page.points.length).toBe(3000);
  await settle();
  const [latest] = (await latestFor(store.pool, [runId])).get(runId) ?? [];
  expect(latest?.count).toBe(3000);
});

test("no spike is lost, however few buckets there are", async () => {
  const points = Array.from({ length: 30_000 }, (_, step) =>
    point(step, step === 12_345 ? 1e6 : step === 23_456 ? -1e6 : 1),
  );
  const runId = await appended(points);
  await settle();
  for (const buckets of [1, 7, 300, 5000]) {
    const line = await drawn(runId, { buckets });
    expect(line?.x.length).toBeLessThanOrEqual(buckets);
    expect(Math.max(...(line?.max as number[]))).toBe(1e6);
    expect(Math.min(...(line?.min as number[]))).toBe(-1e6);
  }
  const near = await drawn(runId, { from: 12_000, to: 12_999, buckets: 1000 });
  expect(near?.points).toBe(1000);
  expect(near?.x[345]).toBe(12_345);
  expect(near?.max[345]).toBe(1e6);
});

test("a relative axis starts with the run, or where it is told", async () => {
  const runId = await appended([point(3, 1), point(4, 2), point(0, 0, { key: "first" })]);
  expect((await drawn(runId, { axis: "relative" }))?.x).toEqual([3000, 4000]);
  const origins = new Map([[runId, 1_700_000_001_000]]);
  expect((await drawn(runId, { axis: "relative", origins, to: 2000 }))?.x).toEqual([2000]);
});

test("lines come in the order of runs and keys that were asked for", async () => {
  const a = await appended([point(1, 1), point(1, 1, { key: "acc" })]);
  const b = await appended([point(1, 1), point(1, 1, { key: "acc" })]);
  const lines = await chart(store.pool, {
    runIds: [b, newId(), a, b],
    keys: ["loss", "none", "acc"],
    axis: "time",
    buckets: 10,
  });
  expect(lines.map(({ runId, key }) => [runId, key])).toEqual([
    [b, "loss"],
    [b, "acc"],
    [a, "loss"],
    [a, "acc"],
  ]);
});

test("history is paged by a token that stands for a place, not a number", async () => {
  const runId = await appended(Array.from({ length: 50 }, (_, step) => point(step, step)));
  const first = await history(store.pool, { runId, key: "loss", limit: 20 });
  await append(runId, [point(-1, 0), point(30, 0)]);
  await settle();
  const afterToken = first.nextToken;
  const rest = await history(store.pool, { runId, key: "loss", limit: 31, afterToken });
  expect(rest.points.map(({ step }) => step).slice(0, 12)).toEqual([
    20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 30,
  ]);
  expect(rest.points.length).toBe(31);
  expect(rest.nextToken).toBeUndefined();
  expect(await history(store.pool, { runId, key: "none" })).toEqual({ points: [] });
});

test("a batch is all or nothing, and says what is wrong with it", async () => {
  const runId = newId();
  const refused = async (wrong: Partial<MetricPoint>) => {
    const attempt = append(runId, [point(1, 1), point(2, 2, wrong)]);
    await expect(attempt).rejects.toMatchObject({ code: "invalid_argument" });
    return (attempt as Promise<void>).catch((error: Error) => error.message);
  };
  expect(await refused({ step: 1.5 })).toContain("points[1].step must be an integer");
  expect(await refused({ timestampMs: 2 ** 60 })).toContain("points[1].timestampMs");
  expect(await refused({ key: "a\0b" })).toContain("points[1].key");
  expect(await refused({ key: "\ud800" })).toContain("points[1].key");
  expect(await refused({ key: "" })).toContain("points[1].key");
  expect(await refused({ key: "é".repeat(501) })).toContain(
    "points[1].key must be 1 to 1000 bytes",
  );
  expect(await refused({ value: "1" as unknown as number })).toContain("points[1].value");
  expect((await latestFor(store.pool, [runId])).size).toBe(0);
});

test("an append belongs to its caller's transaction", async () => {
  const runId = newId();
  const client = await store.pool.connect();
  await client.query("BEGIN");
  await appendPoints(client, [{ runId, scope: "experiment", points: [point(1, 1)] }]);
  await client.query("ROLLBACK");
  client.release();
  expect((await latestFor(store.pool, [runId])).size).toBe(0);
  expect((await history(store.pool, { runId, key: "loss" })).points).toEqual([]);
});

test("questions without sense are refused", async () => {
  const bad = { code: "invalid_argument" };
  const of = { runId: newId(), key: "loss" };
  await expect(history(store.pool, { ...of, limit: 25_001 })).rejects.toMatchObject(bad);
  await expect(history(store.pool, { ...of, limit: 0 })).rejects.toMatchObject(bad);
  await expect(history(store.pool, { ...of, afterToken: "AAAA" })).rejects.toMatchObject(bad);
  const nan = Buffer.alloc(24, 255).toString("base64url");
  await expect(history(store.pool, { ...of, afterToken: nan })).rejects.toMatchObject(bad);
  const all = { keys: ["loss"], axis: "step", buckets: 10 } as const;
  await expect(chart(store.pool, { ...all, runIds: [] })).rejects.toMatchObject(bad);
  await expect(chart(store.pool, { ...all, runIds: Array(501).fill("a") })).rejects.toMatchObject(
    bad,
  );
  await expect(drawn(of.runId, { buckets: 5001 })).rejects.toMatchObject(bad);
});

test("keys are those of the runs, or of the experiments, compacted or not", async () => {
  const [one, other] = [newId(), newId()];
  const a = await appended([point(1, 1, { key: "b" }), point(1, 1, { key: "a" })], one);
  await settle();
  await append(a, [point(1, 1, { key: "c" })], one);
  const b = await appended([point(1, 1, { key: "d" })], other);
  expect(await keysFor(store.pool, { scopes: [one] })).toEqual(["a", "b", "c"]);
  expect(await keysFor(store.pool, { scopes: [other, one] })).toEqual(["a", "b", "c", "d"]);
  expect(await keysFor(store.pool, { runIds: [b, newId()] })).toEqual(["d"]);
});

test("a deleted run leaves nothing", async () => {
  const scope = newId();
  const [gone, kept] = [newId(), newId()];
  for (const runId of [gone, kept]) {
    await append(
      runId,
      Array.from({ length: 600 }, (_, step) => point(step, 1)),
      scope,
    );
    await settle();
    await append(runId, [point(1000, 1, { key: "acc", modelId: runId })], scope);
  }
  const client = await store.pool.connect();
  await deleteRuns(client, [gone, newId()]);
  client.release();
  expect([...(await latestFor(store.pool, [gone, kept])).keys()]).toEqual([kept]);
  expect(await drawn(gone)).toBeUndefined();
  expect((await drawn(kept))?.points).toBe(600);
  expect([...(await modelMetrics(store.pool, [gone, kept])).keys()]).toEqual([kept]);
  const { rows } = await store.pool.query<{ orphans: string }>(
    `SELECT count(*) AS orphans FROM metrics.segment g
     WHERE NOT EXISTS (SELECT FROM metrics.series s WHERE s.id = g.series_id)`,
  );
  expect(Number(rows[0]?.orphans)).toBe(0);
  const third = await deleteAll([kept]);
  expect(await keysFor(store.pool, { scopes: [scope] })).toEqual(third);
});

async function deleteAll(runIds: string[]): Promise<never[]> {
  const client = await store.pool.connect();
  await deleteRuns(client, runIds).finally(() => client.release());
  return [];
}

test("points about a model are the model's too, the first of a place staying", async () => {
  const [modelId, runId] = [`m-${newId()}`, newId()];
  const about = { modelId, datasetName: "digits", datasetDigest: "abc" };
  await append(runId, [point(1, 0.5, about), point(2, 0.6), point(2, 0.7, { modelId })]);
  await append(runId, [point(1, 0.9, about)]);
  const metric = { key: "loss", runId };
  expect((await modelMetrics(store.pool, [modelId])).get(modelId)).toEqual([
    {
      ...metric,
      value: 0.5,
      timestampMs: 1_700_000_001_000,
      step: 1,
      datasetName: "digits",
      datasetDigest: "abc",
    },
    {
      ...metric,
      value: 0.7,
      timestampMs: 1_700_000_002_000,
      step: 2,
      datasetName: null,
      datasetDigest: null,
    },
  ]);
  expect((await history(store.pool, { runId, key: "loss" })).points.length).toBe(4);
});

test("a run with few and young batches is left to gather more", async () => {
  await settle();
  const runId = await appended([point(1, 1)]);
  expect(await compact(store.pool)).toEqual({ batches: 0 });
  for (let step = 2; step <= 64; step++) await append(runId, [point(step, 1)]);
  expect(await compact(store.pool)).toEqual({ batches: 64 });
});

test("a batch that cannot be read holds up its own run alone", async () => {
  const scope = newId();
  const sound = await appended([point(1, 1)], scope);
  const broken = await appended([point(1, 1)], scope);
  await store.pool.query("UPDATE metrics.pending SET payload = '\\x09' WHERE run_id = $1", [
    broken,
  ]);
  await expect(settle()).rejects.toThrow("not compacted");
  const { rows } = await store.pool.query<{ run_id: string }>(
    "SELECT run_id FROM metrics.pending WHERE run_id = ANY($1::text[])",
    [[sound, broken]],
  );
  expect(rows.map((row) => row.run_id)).toEqual([broken]);
  await deleteAll([broken]);
  await settle();
});
