import { Problem } from "@tessera/contracts/errors";
import type { ModelPromotion, ModelVersion, RegisteredModel } from "@tessera/contracts/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let token: string;
let url: string;
let mlflow: string;
let run: string;
let logged: string;

const mlmodel = `flavors:
  python_function:
    loader_module: mlflow.sklearn
  sklearn:
    pickled_model: model.pkl
mlflow_version: 3.17.2
model_size_bytes: 1234
signature:
  inputs: '[{"type": "double", "name": "width", "required": true}, {"type": "long", "name": "count",
    "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 3]}}]'
  params: null
`;

beforeAll(async () => {
  server = await startTestServer();
  const owner = await server.createPerson({ name: "Ada" });
  token = await server.tokenOf(owner);
  const { slug } = await server.createProject([[owner, "owner"]]);
  url = `/api/v1/projects/${slug}`;
  mlflow = `/p/${slug}/api/2.0`;
  const created = await send("POST", `${mlflow}/mlflow/runs/create`, { run_name: "trained" });
  run = created.json<{ run: { info: { run_id: string } } }>().run.info.run_id;
  const dataset = { name: "rows", digest: "d1", source_type: "local", source: "{}" };
  await send("POST", `${mlflow}/mlflow/runs/log-inputs`, {
    run_id: run,
    datasets: [{ dataset, tags: [{ key: "mlflow.data.context", value: "training" }] }],
  });
  const model = await send("POST", `${mlflow}/mlflow/logged-models`, {
    experiment_id: "0",
    name: "line",
    source_run_id: run,
  });
  logged = model.json<{ model: { info: { model_id: string } } }>().model.info.model_id;
  await putFile(`0/models/${logged}/artifacts/MLmodel`, mlmodel);
  await putFile(`0/${run}/artifacts/old/model/MLmodel`, mlmodel);
}, 60_000);

afterAll(async () => server?.close());

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

function send(method: Method, address: string, payload?: object) {
  return server.call({ method, url: address, token, ...(payload ? { payload } : {}) });
}

const ask = (method: Method, path: string, payload?: object) =>
  send(method, `${url}${path}`, payload);

function putFile(path: string, text: string) {
  const payload = Buffer.from(text);
  const address = `${mlflow}/mlflow-artifacts/artifacts/${path}`;
  return server.call({ method: "PUT", url: address, token, payload });
}

test("a run's models are registered, promoted with a reason, and told of", async () => {
  const of = async () =>
    (await ask("GET", `/runs/${run}/models`)).json<{ items: object[] }>().items;
  expect(await of()).toMatchObject([
    { name: "line", source: `models:/${logged}`, loggedModelId: logged, ready: false },
    { name: "old/model", source: `runs:/${run}/old/model`, loggedModelId: null, ready: true },
  ]);
  for (const source of [`models:/${logged}`, `runs:/${run}/old/model`]) {
    const made = await ask("POST", "/models/line/versions", { source, description: "first" });
    expect(made.statusCode, made.body).toBe(201);
  }
  expect(await of()).toMatchObject([
    { registered: [{ model: "line", version: 1 }] },
    { registered: [{ model: "line", version: 2 }] },
  ]);
  const versions = (await ask("GET", "/models/line/versions")).json<{ items: ModelVersion[] }>();
  expect(versions.items).toMatchObject([
    { version: 2, loggedModelId: null, runId: run },
    {
      version: 1,
      source: `models:/${logged}`,
      loggedModelId: logged,
      run: { id: run, name: "trained", deleted: false },
      datasets: [{ name: "rows", digest: "d1", context: "training" }],
      createdBy: "Ada",
      stage: "None",
    },
  ]);

  const promoted = await ask("PUT", "/models/line/aliases/champion", {
    version: 1,
    reason: "best on the held-out rows",
  });
  expect(promoted.json<RegisteredModel>().aliases).toEqual([{ alias: "champion", version: 1 }]);
  expect(promoted.json<RegisteredModel>()).toMatchObject({
    aliases: [{ alias: "champion", version: 1 }],
    versionCount: 2,
    latest: { version: 2 },
  });
  const staged = await ask("PUT", "/models/line/versions/1/stage", {
    stage: "Production",
    reason: "asked for",
  });
  expect(staged.json<ModelVersion>()).toMatchObject({ stage: "Production", aliases: ["champion"] });
  expect((await ask("DELETE", "/models/line/aliases/champion?reason=worse")).statusCode).toBe(204);
  const told = (await ask("GET", "/models/line/promotions")).json<{ items: ModelPromotion[] }>();
  expect(told.items).toMatchObject([
    { kind: "alias.remove", to: "champion", version: null, reason: "worse", actor: "Ada" },
    { kind: "stage", to: "Production", version: 1, reason: "asked for" },
    { kind: "alias.set", to: "champion", version: 1, reason: "best on the held-out rows" },
  ]);
});

test("a version's MLmodel file tells its signature", async () => {
  for (const number of [1, 2]) {
    const found = await ask("GET", `/models/line/versions/${number}/manifest`);
    expect(found.json()).toEqual({
      flavors: ["python_function", "sklearn"],
      mlflowVersion: "3.17.2",
      sizeBytes: 1234,
      signature: {
        inputs: [
          { name: "width", type: "double", required: true },
          { name: "count", type: "long", required: false },
        ],
        outputs: [{ name: null, type: "float64 (-1, 3)", required: true }],
        params: [],
      },
    });
  }
  for (const number of [1, 2]) {
    const files = await ask("GET", `/models/line/versions/${number}/files`);
    const sizeBytes = Buffer.byteLength(mlmodel);
    expect(files.json()).toEqual({ items: [{ path: "MLmodel", directory: false, sizeBytes }] });
    const file = await ask("GET", `/models/line/versions/${number}/file?path=MLmodel`);
    expect(file.body).toBe(mlmodel);
    expect(file.headers["content-disposition"]).toMatch(/^attachment/);
    for (const [path, status] of [
      ["absent", 404],
      ["../MLmodel", 400],
      ["%252e%252e/x", 400],
    ] as const) {
      const refused = await ask("GET", `/models/line/versions/${number}/file?path=${path}`);
      expect(refused.statusCode).toBe(status);
    }
  }
  await ask("POST", "/models/elsewhere/versions", { source: "s3://bucket/model" });
  const unknown = await ask("GET", "/models/elsewhere/versions/1/manifest");
  expect(unknown.json()).toMatchObject({ flavors: [], signature: null });
  expect((await ask("GET", "/models/elsewhere/versions/1/files")).json()).toEqual({ items: [] });
  const absent = await ask("GET", "/models/elsewhere/versions/1/file?path=MLmodel");
  expect(absent.statusCode).toBe(404);
});

test.each([
  ["not YAML", "\t{{{"],
  ["a list", "- a\n- b"],
  ["a signature that is no JSON", "flavors: {}\nsignature: {inputs: 'x['}"],
  ["aliases without end", `a: &a [x,x]\nb: &b [*a,*a]\n${"c: [*b,*b,*b,*b,*b,*b,*b]\n".repeat(1)}`],
])("an MLmodel file that is %s is no fault of the reader", async (_, text) => {
  await putFile(`0/${run}/artifacts/broken/MLmodel`, text);
  const source = `runs:/${run}/broken`;
  const made = await ask("POST", "/models/broken/versions", { source });
  const { version } = made.json<ModelVersion>();
  const found = await ask("GET", `/models/broken/versions/${version}/manifest`);
  expect(found.statusCode).toBe(200);
  expect(found.json()).toMatchObject({ signature: null });
});

test("models come in pages by name; what is deleted is gone", async () => {
  for (const name of ["page a", "page-b", "Page.c"]) {
    await ask("POST", `/models/${encodeURIComponent(name)}/versions`, { source: "s3://b/x" });
  }
  const names: string[] = [];
  let next = "";
  do {
    const page = (await ask("GET", `/models?limit=2${next}`)).json<{
      items: RegisteredModel[];
      nextPageToken?: string;
    }>();
    names.push(...page.items.map(({ name }) => name));
    next = page.nextPageToken ? `&pageToken=${page.nextPageToken}` : "";
  } while (next !== "");
  expect(names).toEqual(expect.arrayContaining(["Page.c", "line", "page a", "page-b"]));
  expect(new Set(names).size).toBe(names.length);
  expect((await ask("DELETE", "/models/page%20a/versions/1")).statusCode).toBe(204);
  expect((await ask("GET", "/models/page%20a")).json()).toMatchObject({
    versionCount: 0,
    latest: null,
  });
  expect((await ask("DELETE", "/models/page%20a")).statusCode).toBe(204);
  expect((await ask("GET", "/models/page%20a")).statusCode).toBe(404);
  const long = "x".repeat(256);
  await ask("POST", `/models/${long}/versions`, { source: "s3://b/x" });
  expect((await ask("PATCH", `/models/${long}`, { description: "d" })).json()).toMatchObject({
    name: long,
    description: "d",
  });
});

describe("what is not right", () => {
  test.each<readonly [Method, string, object | undefined, number, RegExp]>([
    ["GET", "/models/absent", undefined, 404, /absent not found/],
    ["GET", "/models/absent/versions", undefined, 404, /absent not found/],
    ["GET", "/models/line/versions/99", undefined, 404, /version=99/],
    ["GET", "/models/line/versions/99/manifest", undefined, 404, /version=99/],
    ["GET", "/models/line/versions/0", undefined, 400, /version/],
    ["GET", "/models/line/versions/x", undefined, 400, /version/],
    ["GET", "/models/a%3Ab", undefined, 400, /neither/],
    ["GET", "/models/%20", undefined, 400, /letter/],
    ["GET", "/models?limit=0", undefined, 400, /limit/],
    ["GET", "/models?pageToken=%00", undefined, 400, /token/i],
    ["POST", "/models/new/versions", {}, 400, /source/],
    ["POST", "/models/new/versions", { source: "/etc/passwd" }, 400, /another machine/],
    ["POST", "/models/new/versions", { source: "s3://b", colour: "red" }, 400, /colour/],
    ["POST", "/models/new/versions", { source: "s3://b", runId: "a b" }, 400, /run id/],
    ["PUT", "/models/line/aliases/latest", { version: 1 }, 400, /mean something/],
    ["PUT", "/models/line/aliases/a%20b", { version: 1 }, 400, /letters/],
    ["PUT", "/models/line/aliases/a", { version: 99 }, 404, /version=99/],
    ["PUT", "/models/line/aliases/a", { version: 1, reason: "x".repeat(2001) }, 400, /reason/],
    ["PUT", "/models/line/versions/1/stage", { stage: "Dancing" }, 400, /stage/],
    ["GET", `/runs/${"0".repeat(32)}/models`, undefined, 404, /not found/],
  ])("%s %s %j", async (...[method, path, body, status, words]) => {
    const response = await ask(method, path, body);
    expect(response.statusCode, response.body).toBe(status);
    expect(Problem.parse(response.json()).detail).toMatch(words);
  });

  test("the first versions of one model made at once are versions of one model", async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, () =>
        ask("POST", "/models/at-once/versions", { source: "s3://bucket/model" }),
      ),
    );
    const numbers = made.map((answer) => answer.json<ModelVersion>().version);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  test("a source that is wrong leaves no model behind", async () => {
    expect((await ask("GET", "/models/new")).statusCode).toBe(404);
  });
});
