import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let base: string;
let token: string;
let run: string;
let model: string;

const absent = "0123456789abcdef0123456789abcdef";
type Method = "GET" | "POST" | "PATCH" | "DELETE";

beforeAll(async () => {
  server = await startTestServer();
  const owner = await server.createPerson();
  const project = await server.createProject([[owner, "owner"]]);
  base = `/p/${project.slug}/api/2.0`;
  token = await server.tokenOf(owner);
  const created = await send("POST", "runs/create", { experiment_id: "0" });
  run = created.json<{ run: { info: { run_id: string } } }>().run.info.run_id;
  const logged = await send("POST", "logged-models", { experiment_id: "0", source_run_id: run });
  model = logged.json<{ model: { info: { model_id: string } } }>().model.info.model_id;
  await send("POST", "registered-models/create", { name: "m" });
  await send("POST", "model-versions/create", { name: "m", source: `models:/${model}` });
}, 60_000);

afterAll(async () => server?.close());

function send(method: Method, path: string, body?: unknown) {
  return sendAs("application/json", [method, path], body);
}

function sendAs(type: string, [method, path]: readonly [Method, string], body?: unknown) {
  const query = new URLSearchParams(body as Record<string, string> | undefined).toString();
  const url = `${base}/mlflow/${path}${method === "GET" && query !== "" ? `?${query}` : ""}`;
  if (method === "GET") return server.call({ url, token });
  return server.call({
    method,
    url,
    token,
    ...(body === undefined
      ? {}
      : {
          headers: { "content-type": type },
          payload: typeof body === "string" ? body : JSON.stringify(body),
        }),
  });
}

function expectFault(response: LightMyRequestResponse, status: number, code: string): string {
  const shown = `${response.statusCode} ${response.body.slice(0, 300)}`;
  expect(response.statusCode, shown).toBe(status);
  const fault = response.json<{ error_code: string; message: string }>();
  expect(fault.error_code, shown).toBe(code);
  expect(fault.message, shown).toMatch(/\S/);
  return fault.message;
}

/** Every write, with a body that is right; those that destroy are at the end. */
const writes = (): readonly (readonly [Method, string, Record<string, unknown>])[] => [
  ["POST", "runs/outputs", { run_id: run, models: [{ model_id: model, step: 1 }] }],
  ["POST", "logged-models", { experiment_id: "0", name: "l", params: [], tags: [] }],
  ["PATCH", `logged-models/${model}`, { status: "LOGGED_MODEL_READY" }],
  ["POST", `logged-models/${model}/params`, { params: [{ key: "p", value: "1" }] }],
  ["PATCH", `logged-models/${model}/tags`, { tags: [{ key: "t", value: "1" }] }],
  ["PATCH", "registered-models/update", { name: "m", description: "d" }],
  ["POST", "registered-models/set-tag", { name: "m", key: "k", value: "v" }],
  ["DELETE", "registered-models/delete-tag", { name: "m", key: "k" }],
  ["POST", "registered-models/alias", { name: "m", alias: "a", version: "1" }],
  ["DELETE", "registered-models/alias", { name: "m", alias: "a" }],
  ["POST", "registered-models/get-latest-versions", { name: "m", stages: ["None"] }],
  ["PATCH", "model-versions/update", { name: "m", version: "1", description: "d" }],
  ["POST", "model-versions/set-tag", { name: "m", version: "1", key: "k", value: "v" }],
  ["DELETE", "model-versions/delete-tag", { name: "m", version: "1", key: "k" }],
  ["POST", "model-versions/transition-stage", { name: "m", version: "1", stage: "Staging" }],
  ["POST", "model-versions/create", { name: "m", source: `models:/${model}`, tags: [] }],
];

describe("every write of models", () => {
  test("takes what is right, also with fields that it does not know", async () => {
    for (const [method, path, body] of writes()) {
      const response = await send(method, path, { ...body, nobody_knows: { a: 1 } });
      expect(response.statusCode, `${method} ${path} ${response.body}`).toBe(200);
    }
  });

  test("refuses a wrong type in any field, and names the field", async () => {
    for (const [method, path, body] of writes()) {
      for (const name of Object.keys(body)) {
        const response = await send(method, path, { ...body, [name]: { a: [true] } });
        const message = expectFault(response, 400, "INVALID_PARAMETER_VALUE");
        expect(message, `${method} ${path}`).toContain(`'${name}'`);
      }
    }
  });

  test("wants JSON, and says so", async () => {
    for (const [method, path, body] of writes()) {
      const text = JSON.stringify(body);
      expect(
        expectFault(
          await sendAs("text/plain", [method, path], text),
          400,
          "INVALID_PARAMETER_VALUE",
        ),
      ).toMatch(/Content-Type/);
      expectFault(await send(method, path, "[]"), 400, "BAD_REQUEST");
      expectFault(await send(method, path, '{"name":'), 400, "BAD_REQUEST");
    }
  });
});

describe("values that are not right", () => {
  const long = (length: number): string => "x".repeat(length);
  test.each<readonly [Method, string, () => Record<string, unknown>]>([
    ["POST", "registered-models/create", () => ({ name: "a/b" })],
    ["POST", "registered-models/create", () => ({ name: "a:b" })],
    ["POST", "registered-models/create", () => ({ name: "  " })],
    ["POST", "registered-models/create", () => ({ name: ".." })],
    ["POST", "registered-models/create", () => ({ name: "half \ud800" })],
    ["POST", "registered-models/create", () => ({ name: long(257) })],
    ["POST", "registered-models/create", () => ({ name: "n", description: long(100_001) })],
    ["POST", "registered-models/create", () => ({ name: "n", tags: [{ value: "x" }] })],
    ["POST", "registered-models/create", () => ({ name: "n", tags: [{ key: long(251) }] })],
    ["POST", "registered-models/rename", () => ({ name: "m", new_name: "a/b" })],
    ["POST", "registered-models/rename", () => ({ name: "m" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "latest", version: "1" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "v3", version: "1" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "a b", version: "1" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: long(256), version: "1" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "a", version: "one" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "a", version: "-1" })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "a", version: 2 ** 40 })],
    ["POST", "registered-models/alias", () => ({ name: "m", alias: "a" })],
    ["POST", "registered-models/get-latest-versions", () => ({ name: "m", stages: ["Dancing"] })],
    ["POST", "model-versions/create", () => ({ name: "m" })],
    ["POST", "model-versions/create", () => ({ name: "m", source: long(2001) })],
    ["POST", "model-versions/create", () => ({ name: "m", source: "s3://b/%2e%2e/x" })],
    ["POST", "model-versions/create", () => ({ name: "m", source: "s3://b/x", run_id: "a b" })],
    ["POST", "model-versions/create", () => ({ name: "m", source: "runs:/../../x" })],
    ["POST", "model-versions/create", () => ({ name: "m", source: `runs:/${absent}/model` })],
    [
      "POST",
      "model-versions/create",
      () => ({ name: "m", source: `models:/${model}`, model_id: `m-${absent}` }),
    ],
    ["POST", "logged-models", () => ({ experiment_id: "0", name: "a.b" })],
    ["POST", "logged-models", () => ({ experiment_id: "0", name: long(501) })],
    ["POST", "logged-models", () => ({ experiment_id: "0", params: [{ key: "../x" }] })],
    ["POST", "logged-models", () => ({})],
    ["POST", "logged-models/search", () => ({ experiment_ids: ["0"], max_results: 1001 })],
    ["POST", "logged-models/search", () => ({ experiment_ids: ["0"], filter: "x ~ 1" })],
    ["POST", "logged-models/search", () => ({ experiment_ids: ["0"], order_by: [{}] })],
    ["POST", "logged-models/search", () => ({ experiment_ids: ["0"], datasets: [{}] })],
    ["POST", "logged-models/search", () => ({ experiment_ids: ["0"], page_token: "e30" })],
    ["GET", "registered-models/search", () => ({ max_results: "1001" })],
    ["GET", "registered-models/search", () => ({ max_results: "0" })],
    ["GET", "registered-models/get", () => ({})],
    ["GET", "registered-models/alias", () => ({ name: "m", alias: "absent" })],
    ["GET", "model-versions/search", () => ({ max_results: "200001" })],
    ["GET", "model-versions/get", () => ({ name: "m", version: "x" })],
  ])("%s %s %#", async (method, path, body) => {
    expectFault(await send(method, path, body()), 400, "INVALID_PARAMETER_VALUE");
  });

  test.each<readonly [Method, string, Record<string, string>]>([
    ["GET", "registered-models/get", { name: "absent" }],
    ["GET", "registered-models/alias", { name: "absent", alias: "latest" }],
    ["PATCH", "registered-models/update", { name: "absent" }],
    ["DELETE", "registered-models/delete", { name: "absent" }],
    ["POST", "registered-models/alias", { name: "m", alias: "a", version: "99" }],
    ["POST", "model-versions/create", { name: "absent", source: "s3://b/x" }],
    ["POST", "model-versions/transition-stage", { name: "m", version: "99", stage: "Staging" }],
    ["DELETE", "model-versions/delete", { name: "m", version: "99" }],
    ["GET", "model-versions/get-download-uri", { name: "m", version: "99" }],
    ["GET", `logged-models/m-${absent}`, {}],
    ["PATCH", `logged-models/m-${absent}`, { status: "LOGGED_MODEL_READY" }],
    ["POST", "logged-models", { experiment_id: "0", source_run_id: absent }],
    ["POST", "logged-models", { experiment_id: "4711" }],
  ])("%s %s of what is not there", async (method, path, body) => {
    expectFault(await send(method, path, body), 404, "RESOURCE_DOES_NOT_EXIST");
  });

  test("runs read and made no models that are not there, and nothing is half-written", async () => {
    const body = { run_id: run, models: [{ model_id: model, step: 7 }, { model_id: "m-1" }] };
    expectFault(await send("POST", "runs/outputs", body), 404, "RESOURCE_DOES_NOT_EXIST");
    const { outputs } = (await send("GET", "runs/get", { run_id: run })).json<{
      run: { outputs: { model_outputs: { step: number }[] } };
    }>().run;
    expect(outputs.model_outputs.map(({ step }) => step)).not.toContain(7);
  });

  test("a param of a logged model keeps its value", async () => {
    const path = `logged-models/${model}/params`;
    await send("POST", path, { params: [{ key: "fixed", value: "1" }] });
    expectFault(
      await send("POST", path, {
        params: [
          { key: "new", value: "1" },
          { key: "fixed", value: "2" },
        ],
      }),
      400,
      "INVALID_PARAMETER_VALUE",
    );
    const { data } = (await send("GET", `logged-models/${model}`)).json<{
      model: { data: { params: { key: string }[] } };
    }>().model;
    expect(data.params.map(({ key }) => key)).not.toContain("new");
  });
});

test("files of a logged model lie below it alone", async () => {
  const file = (path: string) => `${base}/mlflow-artifacts/artifacts/0/models/${path}`;
  const put = (path: string) =>
    server.call({ method: "PUT", url: file(path), token, payload: Buffer.from("x") });
  expect((await put(`${model}/artifacts/a/MLmodel`)).statusCode).toBe(200);
  expectFault(await put(`${model}/other/MLmodel`), 400, "INVALID_PARAMETER_VALUE");
  expectFault(await put(`m-${absent}/artifacts/MLmodel`), 404, "RESOURCE_DOES_NOT_EXIST");
  expectFault(await put(`${model}/artifacts/a`), 400, "INVALID_PARAMETER_VALUE");
  const listed = await send("GET", `logged-models/${model}/artifacts/directories`, {});
  expect(listed.json()).toMatchObject({ files: [{ path: "a", is_dir: true }] });
});

test("many versions made at once are numbered one after the other", async () => {
  await send("POST", "registered-models/create", { name: "busy" });
  const made = await Promise.all(
    Array.from({ length: 20 }, () =>
      send("POST", "model-versions/create", { name: "busy", source: "s3://b/x" }),
    ),
  );
  const numbers = made.map((answer) =>
    Number(answer.json<{ model_version: { version: string } }>().model_version.version),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("each change is told: who did it in the audit log, and to those who watch", async () => {
  const { pool } = server.platform.db;
  await send("POST", "registered-models/alias", { name: "m", alias: "told", version: "1" });
  const { rows: audit } = await pool.query<{ action: string; actor: string; details: unknown }>(
    "SELECT action, actor, details FROM audit_entry WHERE action = 'model.alias.set' ORDER BY at DESC LIMIT 1",
  );
  expect(audit).toEqual([
    {
      action: "model.alias.set",
      actor: "Ada",
      details: { name: "m", version: 1, alias: "told" },
    },
  ]);
  const { rows: events } = await pool.query<{ data: unknown }>(
    "SELECT data FROM event WHERE type = 'model.changed' ORDER BY id DESC LIMIT 1",
  );
  expect(events).toEqual([
    { data: { change: "model.alias.set", name: "m", version: 1, alias: "told" } },
  ]);
});
