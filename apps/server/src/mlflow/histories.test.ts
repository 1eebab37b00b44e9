import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import { compactMetrics } from "@tessera/usecases/platform/compact-metrics";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { logBatch } from "@tessera/usecases/tracking/log-batch";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

interface Metric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
  readonly run_id: string;
}

let server: TestServer;
let owner: Context & { actor: UserActor };
let token: string;
let slug: string;
let long: string;
let short: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.createPerson();
  slug = (await server.createProject([[owner, "owner"]])).slug;
  token = await server.tokenOf(owner);
  long = await writeRun(60_000);
  await compactMetrics(server.system);
  short = await writeRun(10);
});

afterAll(async () => server?.close());

async function writeRun(points: number): Promise<string> {
  const { id } = await createRun(owner, {
    project: slug,
    experimentId: undefined,
    userId: "",
    runName: undefined,
    startTime: undefined,
    tags: [],
  });
  for (let from = 0; from < points; from += 1000) {
    const metrics = Array.from({ length: Math.min(1000, points - from) }, (_, i) => {
      const step = from + i;
      return {
        key: "loss",
        value: step === 5 ? Number.NaN : step / 2,
        timestamp: 1000 + step,
        step,
      };
    });
    await logBatch(owner, { project: slug, batch: { runId: id, metrics, params: [], tags: [] } });
  }
  return id;
}

function ask(endpoint: string, query: Record<string, string | string[]>) {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) search.append(name, value);
  }
  return server.call({
    url: `/p/${slug}/ajax-api/2.0/mlflow/metrics/${endpoint}?${search}`,
    token,
  });
}

async function found(
  endpoint: string,
  query: Record<string, string | string[]>,
): Promise<Metric[]> {
  const response = await ask(endpoint, { metric_key: "loss", ...query });
  expect(response.statusCode, response.body.slice(0, 300)).toBe(200);
  return response.json<{ metrics?: Metric[] }>().metrics ?? [];
}

const sampled = (query: Record<string, string | string[]>) =>
  found("get-history-bulk-interval", query);

test("a sample of a long history is bounded, even, and has its first and last point", async () => {
  const metrics = await sampled({ run_ids: long, max_results: "100" });
  expect(metrics.length).toBeGreaterThan(50);
  expect(metrics.length).toBeLessThanOrEqual(100);
  expect(metrics[0]).toEqual({ key: "loss", value: 0, timestamp: 1000, step: 0, run_id: long });
  expect(metrics.at(-1)).toMatchObject({ step: 59_999, value: 59_999 / 2 });
  const gaps = metrics.slice(1, -1).map((each, index) => each.step - (metrics[index]?.step ?? 0));
  expect(new Set(gaps).size).toBe(1);
});

test("a sample of several runs, within steps", async () => {
  const metrics = await sampled({ run_ids: [short, long], start_step: "4", end_step: "6" });
  expect(metrics.map(({ run_id: run, step, value }) => [run, step, value])).toEqual(
    [short, long].flatMap((run) => [
      [run, 4, 2],
      [run, 5, "NaN"],
      [run, 6, 3],
    ]),
  );
  expect(await sampled({ run_ids: short, max_results: "1" })).toMatchObject([{ step: 9 }]);
  expect(await sampled({ run_ids: short, metric_key: "absent" })).toEqual([]);
});

test("the first points of several runs, all together bounded", async () => {
  const first = await found("get-history-bulk", { run_id: [long, short], max_results: "60000" });
  expect(first).toHaveLength(25_000);
  expect(first.map(({ step }) => step)).toEqual(Array.from({ length: 25_000 }, (_, i) => i));
  const few = await found("get-history-bulk", { run_id: [short, "absent"] });
  expect(few.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(await found("get-history-bulk", { run_id: short, max_results: "0" })).toEqual([]);
});

test.each([
  ["get-history-bulk-interval", {}, 400],
  ["get-history-bulk-interval", { run_ids: "x", start_step: "1" }, 400],
  ["get-history-bulk-interval", { run_ids: "x", start_step: "2", end_step: "1" }, 400],
  ["get-history-bulk-interval", { run_ids: "x", max_results: "2501" }, 400],
  ["get-history-bulk-interval", { run_ids: Array.from({ length: 101 }, (_, i) => `r${i}`) }, 400],
  ["get-history-bulk-interval", { run_ids: "0123456789abcdef0123456789abcdef" }, 404],
  ["get-history-bulk", {}, 400],
  ["get-history-bulk", { run_id: Array.from({ length: 101 }, (_, i) => `r${i}`) }, 400],
  ["get-history", { run_id: "absent" }, 404],
] as const)("%s refuses %j", async (endpoint, query, status) => {
  const response = await ask(endpoint, {
    metric_key: "loss",
    ...(query as Record<string, string>),
  });
  expect(response.statusCode, response.body).toBe(status);
  expect(response.json()).toHaveProperty("error_code");
});

test("a history's token of elsewhere is refused", async () => {
  const response = await ask("get-history", {
    metric_key: "loss",
    run_id: long,
    page_token: "AAAA",
  });
  expect(response.statusCode).toBe(400);
});
