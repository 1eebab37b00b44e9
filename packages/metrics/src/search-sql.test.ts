import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@tessera/kit/ids";
import { appendPoints } from "./append-points.ts";
import { compact } from "./compact.ts";
import { metricCandidates, metricOrder, topRuns, type MetricOperator } from "./search-sql.ts";
import { openStore, type TestStore } from "./testing/open-store.ts";

let store: TestStore;
const scope = newId();
const values = [3, -1, Number.NaN, 2, Number.POSITIVE_INFINITY, 0.5, Number.NEGATIVE_INFINITY];
const runs = values.map((value) => ({ runId: newId(), value }));
const without = newId();

const append = (runId: string, value: number, of: { step: number; key?: string; scope?: string }) =>
  appendPoints(store.pool, [
    {
      runId,
      scope: of.scope ?? scope,
      points: [{ key: of.key ?? "loss", value, step: of.step, timestampMs: of.step }],
    },
  ]);

beforeAll(async () => {
  store = await openStore();
  await store.pool.query("CREATE TABLE run (id text PRIMARY KEY)");
  for (const [index, { runId, value }] of runs.entries()) {
    // Half of them were compacted with another value and have moved on since.
    if (index % 2 === 0) await append(runId, 1000 - value, { step: 1 });
    if (index === 3) await compact(store.pool, { everything: true });
    await append(runId, value, { step: 2 });
  }
  await append(without, 1, { step: 1, key: "acc" });
  await append(newId(), 1, { step: 1, scope: "another" });
  const ids = [...runs.map(({ runId }) => runId), without];
  await store.pool.query("INSERT INTO run SELECT unnest($1::text[])", [ids]);
});

afterAll(async () => {
  await store.close();
});

function parameters(): { add: (value: unknown) => string; values: unknown[] } {
  const list: unknown[] = [];
  return { add: (value) => `$${list.push(value)}`, values: list };
}

async function idsOf(sql: string, list: unknown[]): Promise<string[]> {
  const { rows } = await store.pool.query<{ id: string }>(sql, list);
  return rows.map((row) => row.id);
}

const meets = {
  "=": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
} as const satisfies Record<MetricOperator, unknown>;

for (const state of ["partly compacted", "compacted"]) {
  test.each(Object.keys(meets) as MetricOperator[])(
    `runs %s a number, ${state}`,
    async (operator) => {
      for (const value of [2, 0.5, 1000, Number.POSITIVE_INFINITY]) {
        const { add, values: list } = parameters();
        const sql = metricCandidates(
          { scopes: ["none", scope], key: "loss", operator, value },
          add,
        );
        const found = await idsOf(`SELECT run_id AS id FROM (${sql}) c`, list);
        const expected = runs.filter((run) => meets[operator](run.value, value));
        expect(found.toSorted()).toEqual(expected.map(({ runId }) => runId).toSorted());
      }
    },
  );

  test.each([true, false])(`runs in order, descending: %s, ${state}`, async (descending) => {
    const { add, values: list } = parameters();
    const order = metricOrder({ key: "loss", descending, runId: "r.id", alias: "o1" }, add);
    const sql = `SELECT r.id FROM run r ${order.join} ORDER BY ${order.orderBy}, r.id`;
    const numbers = runs.filter(({ value }) => !Number.isNaN(value));
    const sorted = numbers.toSorted((a, b) => (a.value < b.value ? -1 : 1));
    if (descending) sorted.reverse();
    const expected = [...sorted.map(({ runId }) => runId), runs[2]?.runId, without];
    expect(await idsOf(sql, list)).toEqual(expected);
    for (const limit of [1, 3, 100]) {
      const top = parameters();
      const first = topRuns({ scopes: [scope], key: "loss", descending, limit }, top.add);
      const found = await idsOf(`SELECT run_id AS id FROM (${first}) t`, top.values);
      expect(new Set(found)).toEqual(new Set(expected.slice(0, Math.min(limit, 6))));
    }
  });

  test(`then it is ${state}`, async () => {
    await compact(store.pool, { everything: true });
    const { rows } = await store.pool.query("SELECT FROM metrics.pending");
    expect(rows).toEqual([]);
  });
}
