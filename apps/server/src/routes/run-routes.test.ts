import { Overview } from "@tessera/contracts/overview";
import { Problem } from "@tessera/contracts/errors";
import * as contract from "@tessera/contracts/run";
import { submitJob } from "@tessera/usecases/jobs/submit-job";
import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { logBatch } from "@tessera/usecases/tracking/log-batch";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

type Person = Context & { actor: UserActor };

let server: TestServer;
let owner: Person;
let token: string;
let viewerToken: string;
let slug: string;
let base: string;
const ids: string[] = [];

const absent = "0123456789abcdef0123456789abcdef";

beforeAll(async () => {
  server = await startTestServer();
  await seedTiers(server.system);
  owner = await server.createPerson({ name: "Ada" });
  const viewer = await server.createPerson({ name: "Vera" });
  const project = await server.createProject([
    [owner, "owner"],
    [viewer, "viewer"],
  ]);
  slug = project.slug;
  base = `/api/v1/projects/${slug}`;
  token = await server.tokenOf(owner);
  viewerToken = await server.tokenOf(viewer);
  for (const index of [0, 1, 2, 3, 4]) ids.push(await writeRun(index));
});

afterAll(async () => server?.close());

async function writeRun(index: number): Promise<string> {
  const { id } = await createRun(owner, {
    project: slug,
    experimentId: "0",
    userId: "",
    runName: `run ${index}`,
    startTime: 1000 + index,
    tags: [{ key: "even", value: String(index % 2 === 0) }],
  });
  const metrics = [0, 1, 2].map((step) => ({
    key: "loss",
    value: step === 2 && index === 4 ? Number.NaN : index / (step + 1),
    timestamp: 2000 + step,
    step,
  }));
  const params = [{ key: "lr", value: `0.${index}` }];
  await logBatch(owner, { project: slug, batch: { runId: id, metrics, params, tags: [] } });
  return id;
}

interface Send {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  readonly as?: string;
  readonly body?: unknown;
}

function call(path: string, { method = "GET", as = token, body }: Send = {}) {
  return server.call({
    method,
    url: `${base}${path}`,
    token: as,
    ...(body === undefined ? {} : { payload: body as object }),
  });
}

const search = (body: object) => call("/runs/search", { method: "POST", body });

async function found(body: object): Promise<contract.RunsPage> {
  const response = await search(body);
  expect(response.statusCode, response.body.slice(0, 300)).toBe(200);
  return contract.RunsPage.parse(response.json());
}

function expectProblem(response: LightMyRequestResponse, status: number): Problem {
  expect(response.statusCode, response.body.slice(0, 300)).toBe(status);
  return Problem.parse(response.json());
}

describe("search", () => {
  test("gives runs whole, newest first, with how many match and how many there are", async () => {
    const { items, matched, total, nextPageToken } = await found({});
    expect(items.map((run) => run.name)).toEqual(["run 4", "run 3", "run 2", "run 1", "run 0"]);
    expect([matched, total, nextPageToken]).toEqual([5, 5, undefined]);
    expect(items[1]).toEqual({
      id: ids[3],
      project: slug,
      name: "run 3",
      experimentId: "0",
      experimentName: "Default",
      state: "running",
      reason: null,
      startedAt: "1970-01-01T00:00:01.003Z",
      finishedAt: null,
      user: "Ada",
      deleted: false,
      hasJob: false,
      metrics: [
        {
          key: "loss",
          value: 1,
          step: 2,
          at: "1970-01-01T00:00:02.002Z",
          min: 1,
          max: 3,
          count: 3,
        },
      ],
      params: { lr: "0.3" },
      tags: { even: "false", "mlflow.runName": "run 3" },
    });
    expect(items[0]?.metrics[0]).toMatchObject({ value: "NaN", min: 2, max: 4 });
  });

  test("filters, orders and pages", async () => {
    const query = { filter: "tags.even = 'true'", orderBy: ["metrics.loss ASC"], limit: 2 };
    const first = await found(query);
    expect(first.items.map((run) => run.name)).toEqual(["run 0", "run 2"]);
    expect([first.matched, first.total]).toEqual([3, 5]);
    const second = await found({ ...query, pageToken: first.nextPageToken });
    expect(second.items.map((run) => run.name)).toEqual(["run 4"]);
    expect([second.matched, second.total, second.nextPageToken]).toEqual([3, 5, undefined]);
    expect((await found({ experimentIds: ["7"] })).matched).toBe(0);
    expect((await found({ view: "deleted" })).total).toBe(0);
  });

  test("says where a filter or an order is wrong", async () => {
    const filter = "metrics.loss > 1 AND colour = 'red'";
    const problem = expectProblem(await search({ filter }), 400);
    const { from, to } = (problem.details?.["span"] ?? {}) as { from?: number; to?: number };
    expect(filter.slice(from, to)).toBe("colour");
    expect(problem).toMatchObject({
      code: "invalid_argument",
      detail: expect.stringMatching(/colour/),
    });
    const order = expectProblem(await search({ orderBy: ["metrics.loss UP"] }), 400);
    expect(order.details?.["span"]).toBeDefined();
  });

  test.each([
    { filter: 7 },
    { limit: 0 },
    { limit: 5001 },
    { view: "some" },
    { orderBy: "loss" },
    { pageToken: "!!" },
    { colour: "red" },
    { filter: "metrics.loss >" },
    { filter: "x".repeat(10_001) },
  ])("refuses %j", async (body) => {
    expectProblem(await search(body), 400);
  });

  test("of another's project is not there", async () => {
    const stranger = await server.tokenOf(await server.createPerson({ name: "Eve" }));
    expectProblem(await call("/runs/search", { method: "POST", as: stranger, body: {} }), 404);
    expectProblem(await call("/runs/search", { method: "POST", as: "nobody", body: {} }), 401);
  });
});

describe("a run", () => {
  test("is read, and one that is not there is not", async () => {
    expect((await call(`/runs/${ids[0]}`)).json()).toMatchObject({
      id: ids[0],
      params: { lr: "0.0" },
    });
    expectProblem(await call(`/runs/${absent}`), 404);
    expectProblem(await call("/runs/..%2f..%2fx"), 400);
  });

  test("is renamed, annotated and tagged at once", async () => {
    const changes = { name: "renamed", note: "# Hello", tags: { even: null, kind: "best" } };
    const response = await call(`/runs/${ids[1]}`, { method: "PATCH", body: changes });
    expect(response.statusCode).toBe(200);
    expect(contract.Run.parse(response.json())).toMatchObject({
      name: "renamed",
      tags: { "mlflow.runName": "renamed", "mlflow.note.content": "# Hello", kind: "best" },
    });
    expect(response.json<contract.Run>().tags).not.toHaveProperty("even");
  });

  test("is not changed by what is not right, nor by a viewer", async () => {
    const before = (await call(`/runs/${ids[2]}`)).json<contract.Run>();
    for (const body of [
      { name: "" },
      { name: "x".repeat(300) },
      { tags: { "": "x" } },
      { tags: { "../up": "x", good: "y" } },
      { note: 7 },
      { status: "FINISHED" },
    ]) {
      expectProblem(await call(`/runs/${ids[2]}`, { method: "PATCH", body }), 400);
    }
    expectProblem(
      await call(`/runs/${ids[2]}`, { method: "PATCH", as: viewerToken, body: {} }),
      403,
    );
    expectProblem(await call(`/runs/${absent}`, { method: "PATCH", body: {} }), 404);
    expect((await call(`/runs/${ids[2]}`)).json()).toEqual(before);
  });

  test("is deleted and restored", async () => {
    const id = await writeRun(9);
    expectProblem(await call(`/runs/${id}`, { method: "DELETE", as: viewerToken }), 403);
    expect((await call(`/runs/${id}`, { method: "DELETE" })).statusCode).toBe(204);
    expectProblem(await call(`/runs/${id}`, { method: "DELETE" }), 400);
    expectProblem(await call(`/runs/${id}`, { method: "PATCH", body: { note: "x" } }), 400);
    expect((await found({ view: "deleted" })).items.map((run) => run.id)).toEqual([id]);
    const restored = await call(`/runs/${id}/restore`, { method: "POST" });
    expect([restored.statusCode, restored.json<contract.Run>().deleted]).toEqual([200, false]);
    expectProblem(await call(`/runs/${id}/restore`, { method: "POST" }), 400);
    expectProblem(await call(`/runs/${absent}/restore`, { method: "POST" }), 404);
    await call(`/runs/${id}`, { method: "DELETE" });
  });
});

test("times that no calendar has do not keep a project's runs from being shown", async () => {
  const { slug: odd } = await server.createProject([[owner, "owner"]]);
  const far = Number.MAX_SAFE_INTEGER;
  const times = [far, 8_640_000_000_000_001, -far, 1_700_000_000_000_000];
  for (const startTime of times) {
    const run = { project: odd, experimentId: "0", userId: "", runName: "odd", tags: [] };
    const { id } = await createRun(owner, { ...run, startTime });
    const metrics = [{ key: "loss", value: 1, timestamp: Math.abs(startTime), step: 0 }];
    await logBatch(owner, { project: odd, batch: { runId: id, metrics, params: [], tags: [] } });
  }
  const url = `/api/v1/projects/${odd}`;
  const search = { method: "POST", url: `${url}/runs/search`, token, payload: {} } as const;
  const { items } = contract.RunsPage.parse((await server.call(search)).json());
  expect(items.map((run) => run.startedAt)).toEqual([
    "9999-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00.000Z",
  ]);
  expect(items[0]?.metrics[0]?.at).toBe("9999-12-31T23:59:59.999Z");
  expect((await server.call({ url: `${url}/overview`, token })).statusCode).toBe(200);
});

describe("a run of a job", () => {
  let job: string;

  beforeAll(async () => {
    job = (await submitJob(owner, { project: slug, job: { command: ["true"], name: "trained" } }))
      .id;
  });

  test("has the job's state, and is not deleted while the job is not over", async () => {
    expect((await call(`/runs/${job}`)).json()).toMatchObject({
      name: "trained",
      state: "queued",
      hasJob: true,
      startedAt: null,
    });
    const problem = expectProblem(await call(`/runs/${job}`, { method: "DELETE" }), 409);
    expect(problem).toMatchObject({
      code: "failed_precondition",
      detail: expect.stringMatching(/queued/),
    });
    const experiment = await server.call({
      method: "POST",
      url: `/p/${slug}/api/2.0/mlflow/experiments/delete`,
      token,
      payload: { experiment_id: "0" },
    });
    expect(experiment.json<{ message: string }>().message).toMatch(/a job that is not over/);
  });

  test("has samples of what it used, thinned when there are many", async () => {
    expect((await call(`/runs/${job}/system`)).json()).toEqual({ items: [] });
    const sampled = Array.from({ length: 4100 }, (_, index) => ({
      workloadId: job,
      at: new Date(1000 * index),
      cpuPercent: index,
      memoryBytes: BigInt(index) * 2n ** 33n,
    }));
    await server.platform.db.prisma.systemSample.createMany({ data: sampled });
    const { items } = (await call(`/runs/${job}/system`)).json<{
      items: contract.SystemSample[];
    }>();
    expect(items.length).toBeGreaterThan(1000);
    expect(items.length).toBeLessThanOrEqual(2000);
    expect(items[1]).toEqual({
      at: new Date(3000).toISOString(),
      cpuPercent: 3,
      memoryBytes: 3 * 2 ** 33,
    });
    expectProblem(await call(`/runs/${absent}/system`), 404);
  });
});

describe("keys, charts and experiments", () => {
  test("every name once", async () => {
    const keys = contract.RunKeys.parse((await call("/runs/keys")).json());
    expect(keys.metrics).toEqual(["loss"]);
    expect(keys.params).toEqual(["lr"]);
    expect(keys.tags).toEqual(expect.arrayContaining(["even", "mlflow.runName"]));
  });

  test("series of many runs at once", async () => {
    const chart = (body: object) => call("/runs/chart", { method: "POST", body });
    const response = await chart({ runIds: [ids[3], absent, ids[4]], keys: ["loss", "absent"] });
    expect(response.statusCode).toBe(200);
    const { series } = response.json<{ series: contract.ChartSeries[] }>();
    expect(series).toEqual([
      {
        runId: ids[3],
        key: "loss",
        x: [0, 1, 2],
        mean: [3, 1.5, 1],
        min: [3, 1.5, 1],
        max: [3, 1.5, 1],
        notFinite: [],
        points: 3,
      },
      {
        runId: ids[4],
        key: "loss",
        x: [0, 1, 2],
        mean: [4, 2, null],
        min: [4, 2, null],
        max: [4, 2, null],
        notFinite: [2],
        points: 3,
      },
    ]);
    const relative = await chart({ runIds: [ids[0]], keys: ["loss"], axis: "relative" });
    expect(relative.json<{ series: contract.ChartSeries[] }>().series[0]?.x).toEqual([
      1000, 1001, 1002,
    ]);
    expect((await chart({ runIds: [absent], keys: ["loss"] })).json()).toEqual({ series: [] });
    for (const body of [
      {},
      { runIds: [], keys: ["a"] },
      { runIds: ["../x"], keys: ["a"] },
      { runIds: [ids[0]], keys: ["loss"], buckets: 1 },
    ]) {
      expectProblem(await chart(body), 400);
    }
  });

  test("another project's runs have no series", async () => {
    const other = await server.createProject([[owner, "owner"]]);
    const response = await server.call({
      method: "POST",
      url: `/api/v1/projects/${other.slug}/runs/chart`,
      token,
      payload: { runIds: [ids[0]], keys: ["loss"] },
    });
    expect(response.json()).toEqual({ series: [] });
  });

  test("experiments are listed with their runs, and created once", async () => {
    const create = (name: unknown, as = token) =>
      call("/experiments", { method: "POST", as, body: { name } });
    const created = await create("Second");
    expect([created.statusCode, created.json<contract.Experiment>().id]).toEqual([201, "1"]);
    expectProblem(await create("Second"), 409);
    expectProblem(await create(""), 400);
    expectProblem(await create("Third", viewerToken), 403);
    const { items } = (await call("/experiments")).json<{ items: contract.Experiment[] }>();
    expect(items.map(({ id, name, runCount }) => [id, name, runCount])).toEqual([
      ["0", "Default", 6],
      ["1", "Second", 0],
    ]);
  });
});

describe("artifacts", () => {
  const file = (path: string) => `/runs/${ids[0]}/artifacts/file?path=${encodeURIComponent(path)}`;
  const list = (path = "") => call(`/runs/${ids[0]}/artifacts?path=${encodeURIComponent(path)}`);

  test("are put, listed and read", async () => {
    const put = await call(file("out/a b.txt"), { method: "PUT", body: Buffer.from("hello") });
    expect(put.statusCode).toBe(201);
    expect(put.json()).toEqual({ path: "out/a b.txt", directory: false, sizeBytes: 5 });
    expect((await list()).json()).toEqual({
      items: [{ path: "out", directory: true, sizeBytes: null }],
    });
    expect((await list("out")).json()).toEqual({
      items: [{ path: "out/a b.txt", directory: false, sizeBytes: 5 }],
    });
    const got = await call(file("out/a b.txt"));
    expect([got.statusCode, got.body]).toEqual([200, "hello"]);
  });

  test("that are not there, that lead out, and that a viewer may not write", async () => {
    expectProblem(await call(file("absent")), 404);
    expectProblem(await call(`/runs/${absent}/artifacts`), 404);
    expectProblem(await call(`/runs/${ids[0]}/artifacts/file`), 400);
    for (const path of ["../x", "a/../../x", "/etc/passwd", "a\\b", "%2e%2e/x", "a\0b"]) {
      expectProblem(await call(file(path)), 400);
      expectProblem(await call(file(path), { method: "PUT", body: Buffer.from("x") }), 400);
      expectProblem(await list(path), 400);
    }
    const put = { method: "PUT", as: viewerToken, body: Buffer.from("x") } as const;
    expectProblem(await call(file("x.txt"), put), 403);
  });
});

describe("overview", () => {
  test("shows what runs, waits and ended, the best values and the cost", async () => {
    const { prisma } = server.platform.db;
    const { id } = await submitJob(owner, {
      project: slug,
      job: { command: ["false"], name: "dear" },
    });
    const started = new Date(Date.now() - 1000);
    await prisma.workload.update({
      where: { id },
      data: { state: "failed", pricePerHour: 3600, startedAt: started, finishedAt: new Date() },
    });
    await prisma.run.update({ where: { id }, data: { status: "FAILED" } });
    await prisma.attempt.create({
      data: {
        id,
        workloadId: id,
        number: 1,
        state: "failed",
        startedAt: started,
        finishedAt: new Date(started.getTime() + 1000),
      },
    });
    const response = await call("/overview");
    expect(response.statusCode).toBe(200);
    const overview = Overview.parse(response.json());
    expect(overview.running.map((run) => run.name)).toContain("run 4");
    expect(overview.waiting.map(({ name }) => name)).toEqual(["trained"]);
    expect(overview.failed.map((run) => run.name)).toEqual(["dear"]);
    expect(overview.best).toEqual([
      { key: "loss", goal: "min", value: 0, runId: ids[0], runName: "run 0" },
    ]);
    expect(overview.counts).toEqual({ runs: 7, experiments: 2, activeJobs: 1, failedLastDay: 1 });
    expect(overview.costThisMonth.amount).toBeLessThanOrEqual(1.001);
    expect((await call("/overview", { as: viewerToken })).statusCode).toBe(200);
  });

  test("of a project with nothing in it is empty", async () => {
    const { slug: empty } = await server.createProject([[owner, "owner"]]);
    const response = await server.call({ url: `/api/v1/projects/${empty}/overview`, token });
    expect(Overview.parse(response.json())).toMatchObject({
      running: [],
      waiting: [],
      best: [],
      counts: { runs: 0, experiments: 1, activeJobs: 0, failedLastDay: 0 },
      costThisMonth: { amount: 0 },
    });
  });
});
