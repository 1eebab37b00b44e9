import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@tessera/kit/ids";
import { appendPoints } from "./append-points.ts";
import { chart, type ChartQuery, type ChartSeries } from "./chart.ts";
import { compact } from "./compact.ts";
import { compactRuns } from "./compact-runs.ts";
import { deleteRuns } from "./delete-runs.ts";
import { history, type HistoryPoint } from "./history.ts";
import { latestFor } from "./latest.ts";
import type { MetricPoint } from "./point.ts";
import { NaiveStore } from "./testing/model.ts";
import { openStore, type TestStore } from "./testing/open-store.ts";

let store: TestStore;

beforeAll(async () => {
  store = await openStore();
});

afterAll(async () => {
  await store.close();
});

const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.double() },
  { weight: 4, arbitrary: fc.float({ noNaN: true }) },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1),
  fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
);

const anyPoint = fc.record({
  key: fc.constantFrom("loss", "acc/top-5", "größe", "😀", "\uff5e"),
  value: anyValue,
  timestampMs: fc.oneof(fc.integer({ min: 1_000, max: 1_020 }), fc.maxSafeInteger()),
  step: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.maxSafeInteger()),
});

/** A stretch of training: enough points, in order, that segments of every size come up. */
const anyStretch = fc
  .record({
    key: fc.constantFrom("loss", "acc/top-5"),
    start: fc.integer({ min: 0, max: 3000 }),
    length: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 3000 }) },
      fc.constant(11_000),
    ),
    stride: fc.constantFrom(1, 1, 1, -1, 0),
    /** Training that was resumed counts from an earlier step. */
    resumed: fc.constantFrom(0, 0, 500, 2_500),
    wave: fc.double({ min: 0.001, max: 10, noNaN: true }),
  })
  .map(({ key, start, length, stride, resumed, wave }) =>
    Array.from({ length }, (_, i): MetricPoint => {
      const at = start + i;
      const value = at % 997 === 0 ? Number.NaN : Math.sin(at * wave);
      return { key, value, timestampMs: 2_000 + at * 10, step: stride * (at - resumed) + 0 };
    }),
  );

const anyCommand = fc.oneof(
  { weight: 4, arbitrary: fc.array(anyPoint, { maxLength: 12 }) },
  { weight: 3, arbitrary: anyStretch },
  { weight: 4, arbitrary: fc.constantFrom("compact", "compact one") },
  { weight: 2, arbitrary: fc.constant("repeat") },
  { weight: 1, arbitrary: fc.constant("delete") },
);

const anyQuery = fc.record({
  axis: fc.constantFrom("step" as const, "time" as const, "relative" as const),
  buckets: fc.integer({ min: 1, max: 60 }),
  from: fc.option(fc.integer({ min: -3000, max: 40_000 }), { nil: undefined }),
  to: fc.option(fc.integer({ min: -3000, max: 40_000 }), { nil: undefined }),
});

async function runCommands(
  runIds: readonly string[],
  commands: readonly { run: number; command: MetricPoint[] | string }[],
): Promise<NaiveStore> {
  const model = new NaiveStore();
  let before: { runId: string; points: MetricPoint[] } | undefined;
  for (const { run, command } of commands) {
    const runId = runIds[run] as string;
    if (command === "compact") await compact(store.pool, { everything: true });
    else if (command === "compact one") await compactRuns(store.pool, [runId]);
    else if (command === "delete") {
      const client = await store.pool.connect();
      await deleteRuns(client, [runId]).finally(() => client.release());
      model.delete(runId);
    } else {
      if (typeof command !== "string") before = { runId, points: command };
      if (before === undefined) continue;
      const { points } = before;
      await appendPoints(store.pool, [{ runId: before.runId, scope: "1", points }]);
      for (const point of points) model.add(before.runId, point);
    }
  }
  return model;
}

async function wholeHistory(runId: string, key: string, limit: number): Promise<HistoryPoint[]> {
  const points: HistoryPoint[] = [];
  let afterToken: string | undefined;
  do {
    const page = await history(store.pool, { runId, key, limit, afterToken });
    expect(page.points.length).toBeLessThanOrEqual(limit);
    points.push(...page.points);
    afterToken = page.nextToken;
  } while (afterToken !== undefined);
  return points;
}

function xOf(point: HistoryPoint, axis: ChartQuery["axis"], origin: number): number {
  if (axis === "step") return point.step;
  return axis === "time" ? point.timestampMs : point.timestampMs - origin;
}

/** A line as the points of its buckets say it must be: they cut the points, in order of x, at `count`. */
function lineOf(
  points: readonly HistoryPoint[],
  cuts: readonly number[],
  x: (p: HistoryPoint) => number,
) {
  const ordered = points.toSorted((a, b) => x(a) - x(b));
  let from = 0;
  return cuts.map((count) => {
    const inside = ordered.slice(from, (from += count));
    const finite = inside.map((point) => point.value).filter((value) => Number.isFinite(value));
    const any = finite.length > 0;
    return {
      x: x(inside.at(-1) as HistoryPoint),
      min: any ? Math.min(...finite) : null,
      max: any ? Math.max(...finite) : null,
      notFinite: finite.length < count,
      mean: any ? finite.reduce((sum, value) => sum + value / finite.length, 0) : null,
    };
  });
}

/** Means are sums, and rounded: they may differ by so much. */
function isClose(a: number | null, b: number | null, size: number): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= size * 1e-9 + 1e-290;
}

function expectLine(
  line: ChartSeries | undefined,
  points: readonly HistoryPoint[],
  x: (point: HistoryPoint) => number,
): void {
  const drawn = line ?? { points: 0, x: [], min: [], max: [], mean: [], count: [], notFinite: [] };
  expect(drawn.points).toBe(points.length);
  expect(drawn.count.reduce((sum, count) => sum + count, 0)).toBe(points.length);
  const expected = lineOf(points, drawn.count, x);
  const { notFinite } = drawn;
  expect(drawn.x).toEqual(expected.map((bucket) => bucket.x));
  expect(drawn.min).toEqual(expected.map((bucket) => bucket.min));
  expect(drawn.max).toEqual(expected.map((bucket) => bucket.max));
  expect(notFinite).toEqual(expected.flatMap((bucket, i) => (bucket.notFinite ? [i] : [])));
  const wrongMeans = expected.filter(
    ({ mean, min, max }, i) =>
      !isClose(
        mean,
        drawn.mean[i] as number | null,
        Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)),
      ),
  );
  expect(wrongMeans).toEqual([]);
}

test("history, latest and charts are those of a naive store, whatever is compacted when", async () => {
  const scenario = fc.record({
    commands: fc.array(fc.record({ run: fc.nat({ max: 1 }), command: anyCommand }), {
      maxLength: 12,
    }),
    limit: fc.constantFrom(25_000, 2_000),
    query: anyQuery,
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ commands, limit, query }) => {
      const runIds = [newId(), newId()];
      const model = await runCommands(runIds, commands);
      const lines = await chart(store.pool, {
        ...query,
        runIds,
        keys: ["loss", "acc/top-5", "größe", "😀", "\uff5e"],
      });
      const origins = new Map<string, number>();
      for (const { runId, series } of model.series()) {
        const first = series.history()[0]?.timestampMs as number;
        origins.set(runId, Math.min(first, origins.get(runId) ?? first));
      }
      for (const { runId, key, series } of model.series()) {
        const points = series.history();
        expect(await wholeHistory(runId, key, limit)).toEqual(points);
        const x = (point: HistoryPoint) => xOf(point, query.axis, origins.get(runId) as number);
        const drawn = points.filter(
          (point) => x(point) >= (query.from ?? -Infinity) && x(point) <= (query.to ?? Infinity),
        );
        const line = lines.find((one) => one.runId === runId && one.key === key);
        expect(line?.x.length ?? 0).toBeLessThanOrEqual(query.buckets);
        expectLine(line, drawn, x);
      }
      await compact(store.pool, { everything: true });
      await compact(store.pool, { everything: true });
      const latest = await latestFor(store.pool, runIds);
      const expected = model.series().map(({ runId, key, series }) => [runId, series.latest(key)]);
      const found = [...latest].flatMap(([runId, rows]) => rows.map((row) => [runId, row]));
      const byName = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      expect(found.toSorted(byName)).toEqual(expected.toSorted(byName));
    }),
    { numRuns: 60, endOnFailure: false },
  );
}, 120_000);
