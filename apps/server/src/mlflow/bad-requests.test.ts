import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let base: string;
let token: string;
let viewerToken: string;
let strangerToken: string;
let run: string;

const absent = "0123456789abcdef0123456789abcdef";

beforeAll(async () => {
  server = await startTestServer();
  const [owner, viewer] = [
    await server.createPerson(),
    await server.createPerson({ name: "Vera" }),
  ];
  const project = await server.createProject([
    [owner, "owner"],
    [viewer, "viewer"],
  ]);
  base = `/p/${project.slug}/api/2.0`;
  token = await server.tokenOf(owner);
  viewerToken = await server.tokenOf(viewer);
  strangerToken = await server.tokenOf(await server.createPerson({ name: "Eve" }));
  const created = await post("runs/create", { experiment_id: "0" });
  run = created.json<{ run: { info: { run_id: string } } }>().run.info.run_id;
});

afterAll(async () => server?.close());

interface Send {
  readonly as?: string | undefined;
  readonly type?: string;
}

function post(path: string, body: unknown, { as = token, type = "application/json" }: Send = {}) {
  return server.call({
    method: "POST",
    url: `${base}/mlflow/${path}`,
    token: as,
    headers: type === "" ? {} : { "content-type": type },
    payload: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
}

function get(path: string, as = token) {
  return server.call({ url: `${base}/mlflow/${path}`, token: as });
}

function expectFault(response: LightMyRequestResponse, status: number, code?: string): string {
  const shown = `${response.statusCode} ${response.body.slice(0, 300)}`;
  expect(response.statusCode, shown).toBe(status);
  expect(response.headers["content-type"]).toMatch(/^application\/json/);
  const fault = response.json<{ error_code: string; message: string }>();
  expect(fault.message, shown).toMatch(/\S/);
  if (code !== undefined) expect(fault.error_code, shown).toBe(code);
  return fault.message;
}

/** Every endpoint that takes a body, with one that is right. */
const bodies = (): Record<string, object> => ({
  "experiments/create": { name: `experiment ${Math.random()}` },
  "experiments/search": { max_results: 10 },
  "experiments/update": { experiment_id: "0", new_name: "Default" },
  "experiments/set-experiment-tag": { experiment_id: "0", key: "k", value: "v" },
  "experiments/delete-experiment-tag": { experiment_id: "0", key: "k" },
  "experiments/delete": { experiment_id: "1" },
  "experiments/restore": { experiment_id: "1" },
  "runs/create": { experiment_id: "0" },
  "runs/update": { run_id: run, status: "RUNNING" },
  "runs/log-metric": { run_id: run, key: "m", value: 1, timestamp: 1, step: 0 },
  "runs/log-parameter": { run_id: run, key: "p", value: "1" },
  "runs/set-tag": { run_id: run, key: "t", value: "1" },
  "runs/delete-tag": { run_id: run, key: "t" },
  "runs/log-batch": { run_id: run, metrics: [{ key: "m", value: 1, timestamp: 1, step: 0 }] },
  "runs/log-inputs": { run_id: run, datasets: [] },
  "runs/search": { experiment_ids: ["0"] },
  "runs/delete": { run_id: run },
  "runs/restore": { run_id: run },
  "logged-models/search": { experiment_ids: ["0"] },
});
const reads = (): Record<string, string> => ({
  "experiments/get": "experiment_id=0",
  "experiments/get-by-name": "experiment_name=Default",
  "experiments/search": "max_results=5",
  "runs/get": `run_id=${run}`,
  "metrics/get-history": `run_id=${run}&metric_key=m`,
  "metrics/get-history-bulk": `run_id=${run}&metric_key=m`,
  "metrics/get-history-bulk-interval": `run_ids=${run}&metric_key=m`,
  "artifacts/list": `run_id=${run}`,
});
const writes = (path: string): boolean => !path.endsWith("/search");

const posted = Object.keys(bodies());
const read = Object.keys(reads());

describe("every endpoint with a body", () => {
  test.each(posted)("%s ignores fields that it does not know", async (path) => {
    const body = { ...bodies()[path], nobody_knows: { this: [1] }, workspace: "x" };
    expect((await post(path, body)).statusCode).toBe(200);
  });

  test.each(posted)("%s wants JSON, and says so", async (path) => {
    const body = JSON.stringify(bodies()[path]);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
      const message = expectFault(await post(path, body, { type }), 400, "INVALID_PARAMETER_VALUE");
      expect(message).toMatch(/Content-Type/);
    }
    for (const broken of ['{"run_id":', "[]", '"text"', "7", '{"a":1} x']) {
      expectFault(await post(path, broken), 400, "BAD_REQUEST");
    }
    expectFault(await post(path, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, "BAD_REQUEST");
  });

  test.each(posted)("%s refuses a wrong type in any field, and names the field", async (path) => {
    const body = bodies()[path] ?? {};
    for (const name of Object.keys(body)) {
      const response = await post(path, { ...body, [name]: { a: [true] } });
      expect(expectFault(response, 400, "INVALID_PARAMETER_VALUE")).toContain(`'${name}'`);
    }
  });

  test.each(posted)("%s knows nobody, strangers and viewers", async (path) => {
    const body = bodies()[path];
    const nobody = await server.call({
      method: "POST",
      url: `${base}/mlflow/${path}`,
      headers: { "content-type": "application/json" },
      payload: "{ not even JSON",
    });
    expectFault(nobody, 401, "UNAUTHENTICATED");
    expectFault(await post(path, body, { as: "tsr_unknown" }), 401, "UNAUTHENTICATED");
    expectFault(await post(path, body, { as: strangerToken }), 404, "RESOURCE_DOES_NOT_EXIST");
    const viewed = await post(path, body, { as: viewerToken });
    if (writes(path)) expectFault(viewed, 403, "PERMISSION_DENIED");
    else expect(viewed.statusCode).toBe(200);
  });
});

describe("every endpoint with a query", () => {
  test.each(read)("%s answers, also with fields that it does not know", async (path) => {
    const query = reads()[path];
    expect((await get(`${path}?${query}`)).statusCode).toBe(200);
    expect((await get(`${path}?${query}&nobody_knows=1&nobody_knows=2`)).statusCode).toBe(200);
    expect((await get(`${path}?${query}`, viewerToken)).statusCode).toBe(200);
    expectFault(await get(`${path}?${query}`, strangerToken), 404, "RESOURCE_DOES_NOT_EXIST");
    expectFault(await server.call({ url: `${base}/mlflow/${path}?${query}` }), 401);
  });

  test.each(read)("%s refuses what is missing or is no text", async (path) => {
    expectFault(await get(path), 400, "INVALID_PARAMETER_VALUE");
    const names = [...new URLSearchParams(reads()[path]).keys()];
    const nul = names.map((name) => `${name}=a%00b`).join("&");
    expectFault(await get(`${path}?${nul}`), 400, "INVALID_PARAMETER_VALUE");
  });
});

describe("values that are not right", () => {
  const metric = (fields: object) => ({ run_id: run, key: "m", value: 1, timestamp: 1, ...fields });

  test.each([
    ["runs/log-metric", () => metric({ value: "many" })],
    ["runs/log-metric", () => metric({ value: null })],
    ["runs/log-metric", () => metric({ step: 1.5 })],
    ["runs/log-metric", () => metric({ step: "9223372036854775807" })],
    ["runs/log-metric", () => metric({ timestamp: -1 })],
    ["runs/log-metric", () => metric({ timestamp: undefined })],
    ["runs/log-metric", () => metric({ key: "" })],
    ["runs/log-metric", () => metric({ key: "k".repeat(251) })],
    ["runs/log-metric", () => metric({ key: "../up" })],
    ["runs/log-metric", () => metric({ key: "a\nb" })],
    ["runs/log-metric", () => metric({ key: "\ud800" })],
    ["runs/log-parameter", () => ({ run_id: run, key: "a;b", value: "x" })],
    ["runs/log-parameter", () => ({ run_id: run, key: "p", value: "a\u0000b" })],
    ["runs/log-parameter", () => ({ run_id: run, key: "p", value: 7 })],
    ["runs/set-tag", () => ({ run_id: run, key: "t", value: "half \ud800" })],
    ["runs/set-tag", () => ({ run_id: run, key: "/abs", value: "x" })],
    ["runs/update", () => ({ run_id: run, status: "DANCING" })],
    ["runs/update", () => ({ run_id: run, end_time: "soon" })],
    ["runs/create", () => ({ experiment_id: "0", tags: [{ value: "x" }] })],
    ["runs/create", () => ({ experiment_id: "0", start_time: "then" })],
    ["runs/create", () => ({ experiment_id: "0", user_id: "u".repeat(257) })],
    ["runs/create", () => ({ run_name: "a", tags: [{ key: "mlflow.runName", value: "b" }] })],
    ["runs/log-batch", () => ({ run_id: run, metrics: Array(1001).fill(metric({})) })],
    [
      "runs/log-batch",
      () => ({
        run_id: run,
        params: Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, value: "" })),
      }),
    ],
    [
      "runs/log-batch",
      () => ({
        run_id: run,
        params: [
          { key: "d", value: "1" },
          { key: "d", value: "2" },
        ],
      }),
    ],
    ["runs/log-batch", () => ({ run_id: run, metrics: ["m"] })],
    ["runs/log-batch", () => ({ run_id: run, metrics: [metric({}), metric({ value: "x" })] })],
    ["runs/log-inputs", () => ({ run_id: run, datasets: [{}] })],
    [
      "runs/log-inputs",
      () => ({
        run_id: run,
        datasets: [
          { dataset: { name: "n".repeat(501), digest: "d", source_type: "s", source: "s" } },
        ],
      }),
    ],
    ["runs/search", () => ({ experiment_ids: ["0"], filter: "metrics.m >" })],
    ["runs/search", () => ({ experiment_ids: ["0"], order_by: ["metrics.m UP"] })],
    ["runs/search", () => ({ experiment_ids: ["0"], max_results: -1 })],
    ["runs/search", () => ({ experiment_ids: ["0"], page_token: "e30=" })],
    ["runs/search", () => ({ experiment_ids: "0" })],
    ["experiments/create", () => ({ name: "" })],
    ["experiments/create", () => ({ name: "n".repeat(501) })],
    [
      "experiments/create",
      () => ({ name: "tagged", tags: [{ key: "k", value: "v".repeat(20_001) }] }),
    ],
    ["experiments/search", () => ({})],
    ["experiments/search", () => ({ max_results: 10, filter: "colour = 'red'" })],
  ] as const)("%s %#", async (path, body) => {
    expectFault(await post(path, body()), 400, "INVALID_PARAMETER_VALUE");
  });

  test.each([
    ["runs/update", { run_id: absent }],
    ["runs/log-batch", { run_id: "no such id; drop table run" }],
    ["runs/log-metric", { run_id: "x".repeat(5000), key: "m", value: 1, timestamp: 1 }],
    ["runs/create", { experiment_id: "4711" }],
    ["runs/create", { experiment_id: "-1" }],
    ["experiments/delete", { experiment_id: "abc" }],
    ["experiments/set-experiment-tag", { experiment_id: "99999999999", key: "a", value: "b" }],
    ["runs/delete-tag", { run_id: "", run_uuid: absent, key: "t" }],
    ["experiments/delete-experiment-tag", { experiment_id: "0", key: "absent" }],
    ["runs/log-inputs", { run_uuid: absent }],
  ])("%s of what is not there: %j", async (path, body) => {
    expectFault(await post(path, body), 404, "RESOURCE_DOES_NOT_EXIST");
  });

  test("deleting and restoring twice", async () => {
    const created = await post("experiments/create", { name: "twice" });
    const body = { experiment_id: created.json<{ experiment_id: string }>().experiment_id };
    expect((await post("experiments/delete", body)).statusCode).toBe(200);
    expectFault(await post("experiments/delete", body), 400, "INVALID_PARAMETER_VALUE");
    expectFault(await post("runs/create", body), 400, "INVALID_PARAMETER_VALUE");
    expect((await post("experiments/restore", body)).statusCode).toBe(200);
    expectFault(await post("experiments/restore", body), 400, "INVALID_PARAMETER_VALUE");
  });

  test("a refused batch leaves nothing, wherever its fault is", async () => {
    const created = await post("runs/create", {});
    const id = created.json<{ run: { info: { run_id: string } } }>().run.info.run_id;
    await post("runs/log-parameter", { run_id: id, key: "fixed", value: "1" });
    const good = {
      run_id: id,
      metrics: [{ key: "m", value: 1, timestamp: 1 }],
      params: [{ key: "new", value: "x" }],
      tags: [{ key: "t", value: "x" }],
    };
    for (const fault of [
      { params: [...good.params, { key: "fixed", value: "2" }] },
      { metrics: [...good.metrics, { key: "bad;key", value: 1, timestamp: 1 }] },
      { tags: [...good.tags, { key: "../t", value: "x" }] },
    ]) {
      expectFault(await post("runs/log-batch", { ...good, ...fault }), 400);
    }
    const { data } = (await get(`runs/get?run_id=${id}`)).json<{ run: { data: object } }>().run;
    expect(data).toEqual({
      params: [{ key: "fixed", value: "1" }],
      tags: [{ key: "mlflow.runName", value: expect.any(String) }],
    });
  });

  test("a body of 33 MB is refused", async () => {
    const message = expectFault(
      await post(
        "runs/set-tag",
        `{"run_id":"${run}","key":"k","value":"${"x".repeat(33 * 1024 * 1024)}"}`,
      ),
      413,
    );
    expect(message).toMatch(/large/i);
  });
});

describe("addresses that are not there", () => {
  test.each([
    ["POST", "/mlflow/runs/log-model"],
    ["POST", "/mlflow/webhooks"],
    ["GET", "/mlflow/registered-models/create"],
    ["GET", "/mlflow/runs/create"],
    ["DELETE", "/mlflow/runs/get"],
    ["GET", "/nothing"],
  ] as const)("%s %s", async (method, path) => {
    for (const root of [base, base.replace("/api/", "/ajax-api/"), "/api/2.0", "/ajax-api/3.0"]) {
      const response = await server.call({ method, url: `${root}${path}`, token });
      expectFault(response, 404, "ENDPOINT_NOT_FOUND");
    }
  });

  test("another version, and a broken escape", async () => {
    const other = await server.call({ url: base.replace("2.0", "3.0") + "/mlflow/traces", token });
    expectFault(other, 404, "ENDPOINT_NOT_FOUND");
    const broken = await server.call({ url: `${base}/mlflow-artifacts/artifacts/%E0%A4%A`, token });
    expect(broken.statusCode).toBe(400);
  });

  test("a project that is not there", async () => {
    for (const slug of ["nothing-here", "A%20B", "..%2f", "a%00b", "x".repeat(4000)]) {
      const response = await server.call({
        url: `/p/${slug}/api/2.0/mlflow/experiments/get?experiment_id=0`,
        token,
      });
      expect([400, 404], `${slug} ${response.body}`).toContain(response.statusCode);
    }
  });

  test("health, version and server-info need nobody", async () => {
    for (const root of ["", base.replace("/api/2.0", "")]) {
      expect((await server.call({ url: `${root}/health` })).body).toBe("OK");
      expect((await server.call({ url: `${root}/version` })).body).toMatch(/^3\.\d+\.\d+$/);
      const info = await server.call({ url: `${root}/api/3.0/mlflow/server-info` });
      expect(info.json()).toMatchObject({
        workspaces_enabled: false,
        multipart_uploads_enabled: false,
      });
    }
  });
});
