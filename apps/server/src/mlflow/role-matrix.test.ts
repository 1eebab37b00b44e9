import type { Action } from "@tessera/contracts/action";
import { newId } from "@tessera/kit/ids";
import { policy, runTokenActions } from "@tessera/usecases/identity/policy";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Callers, callers, inviteCallers } from "../testing/callers.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { mlflowEndpoints } from "./all-endpoints.ts";

let server: TestServer;
let all: Callers;
let base: string;
/** A run of nobody's job, one of the run token's job, and an experiment that may go. */
let run: string;
let jobsRun: string;
let experiment: string;
/** Logged models of those two runs. */
let loggedModels: Readonly<Record<string, string>>;

interface Row {
  readonly action: Action;
  /** A request that is right in itself; a query for those that are read. */
  readonly fields: (run: string) => Readonly<Record<string, unknown>>;
  /** Only those who made a run, when a job asks. */
  readonly ofRun?: true;
}

const ofRun = (action: Action, fields: Record<string, unknown> = {}): Row => ({
  action,
  fields: (id) => ({ run_id: id, ...fields }),
  ofRun: true,
});
const ofExperiment = (action: Action, fields: Record<string, unknown> = {}): Row => ({
  action,
  fields: () => ({ experiment_id: experiment, ...fields }),
});

/** A registered model and its version 1: made by the owner, or by the run token's job. */
const modelOf = (id: string): string => (id === jobsRun ? "of-the-job" : "of-the-owner");
const ofModel = (action: Action, fields: Record<string, unknown> = {}): Row => ({
  action,
  fields: (id) => ({ name: modelOf(id), ...fields }),
  ofRun: true,
});
const ofVersion = (action: Action, fields: Record<string, unknown> = {}): Row =>
  ofModel(action, { version: "1", ...fields });
const ofLogged = (action: Action, fields: Record<string, unknown> = {}): Row => ({
  action,
  fields: (id) => ({ model_id: loggedModels[id], ...fields }),
  ofRun: true,
});

/** What each endpoint asks for, written apart from the code that asks. */
const rows: Record<string, Row> = {
  "POST experiments/create": {
    action: "run.write",
    fields: () => ({ name: `experiment ${newId()}` }),
  },
  "GET experiments/get": ofExperiment("run.read"),
  "GET experiments/get-by-name": {
    action: "run.read",
    fields: () => ({ experiment_name: "Default" }),
  },
  "POST experiments/search": { action: "run.read", fields: () => ({ max_results: 5 }) },
  "GET experiments/search": { action: "run.read", fields: () => ({ max_results: 5 }) },
  "POST experiments/update": ofExperiment("run.write", { new_name: "renamed" }),
  "POST experiments/delete": ofExperiment("run.delete"),
  "POST experiments/restore": ofExperiment("run.delete"),
  "POST experiments/set-experiment-tag": ofExperiment("run.write", { key: "k", value: "v" }),
  "POST experiments/delete-experiment-tag": ofExperiment("run.write", { key: "k" }),
  "POST runs/create": { action: "run.write", fields: () => ({ experiment_id: "0" }) },
  "POST runs/update": ofRun("run.write", { status: "RUNNING" }),
  "POST runs/delete": ofRun("run.delete"),
  "POST runs/restore": ofRun("run.delete"),
  "POST runs/log-metric": ofRun("run.write", { key: "m", value: 1, timestamp: 1 }),
  "POST runs/log-parameter": ofRun("run.write", { key: "p", value: "1" }),
  "POST runs/set-tag": ofRun("run.write", { key: "t", value: "1" }),
  "POST runs/delete-tag": ofRun("run.write", { key: "t" }),
  "POST runs/log-batch": ofRun("run.write", { tags: [{ key: "t", value: "1" }] }),
  "POST runs/log-inputs": ofRun("run.write", { datasets: [] }),
  "GET runs/get": ofRun("run.read"),
  "POST runs/search": { action: "run.read", fields: () => ({ experiment_ids: ["0"] }) },
  "POST logged-models/search": { action: "run.read", fields: () => ({ experiment_ids: ["0"] }) },
  "POST runs/outputs": ofRun("run.write", { models: [] }),
  "POST logged-models": {
    action: "run.write",
    fields: (id) => ({ experiment_id: "0", source_run_id: id }),
    ofRun: true,
  },
  "GET logged-models/:model_id": ofLogged("run.read"),
  "PATCH logged-models/:model_id": ofLogged("run.write", { status: "LOGGED_MODEL_READY" }),
  "POST logged-models/:model_id/params": ofLogged("run.write"),
  "PATCH logged-models/:model_id/tags": ofLogged("run.write", { tags: [{ key: "k" }] }),
  "DELETE logged-models/:model_id/tags/:tag_key": ofLogged("run.write", { tag_key: "k" }),
  "GET logged-models/:model_id/artifacts/directories": ofLogged("artifact.read"),
  "DELETE logged-models/:model_id": ofLogged("run.delete"),
  "POST registered-models/create": {
    action: "model.write",
    fields: () => ({ name: `model ${newId()}` }),
  },
  "GET registered-models/get": ofModel("model.read"),
  "GET registered-models/search": { action: "model.read", fields: () => ({}) },
  "PATCH registered-models/update": ofModel("model.write", { description: "d" }),
  "POST registered-models/rename": {
    action: "model.write",
    fields: (id) => ({ name: modelOf(id), new_name: `renamed ${newId()}` }),
    ofRun: true,
  },
  "POST registered-models/get-latest-versions": ofModel("model.read"),
  "GET registered-models/get-latest-versions": ofModel("model.read"),
  "POST registered-models/set-tag": ofModel("model.write", { key: "k", value: "v" }),
  "DELETE registered-models/delete-tag": ofModel("model.write", { key: "k" }),
  "POST registered-models/alias": ofVersion("model.promote", { alias: "a" }),
  "GET registered-models/alias": ofModel("model.read", { alias: "latest" }),
  "DELETE registered-models/alias": ofModel("model.promote", { alias: "a" }),
  "POST model-versions/create": {
    action: "model.write",
    fields: (id) => ({ name: "of-the-owner", source: `runs:/${id}/model`, run_id: id }),
    ofRun: true,
  },
  "GET model-versions/get": ofVersion("model.read"),
  "GET model-versions/get-download-uri": ofVersion("model.read"),
  "GET model-versions/search": { action: "model.read", fields: () => ({}) },
  "PATCH model-versions/update": ofVersion("model.write", { description: "d" }),
  "POST model-versions/transition-stage": ofVersion("model.promote", { stage: "Staging" }),
  "POST model-versions/set-tag": ofVersion("model.write", { key: "k", value: "v" }),
  "DELETE model-versions/delete-tag": ofVersion("model.write", { key: "k" }),
  "DELETE model-versions/delete": ofVersion("model.delete"),
  "DELETE registered-models/delete": ofModel("model.delete"),
  "GET metrics/get-history": ofRun("run.read", { metric_key: "m" }),
  "GET metrics/get-history-bulk": ofRun("run.read", { metric_key: "m" }),
  "GET metrics/get-history-bulk-interval": {
    action: "run.read",
    fields: (id) => ({ run_ids: id, metric_key: "m" }),
  },
  "GET artifacts/list": ofRun("artifact.read"),
};

const named = mlflowEndpoints.flatMap(({ methods, path }) =>
  methods.map((method) => `${method} ${path.replace("mlflow/", "")}`),
);
/** Those that take away what others need come last. */
const served = named.toSorted((a, b) => lateness(a) - lateness(b));

function lateness(name: string): number {
  if (!/model/.test(name)) return 0;
  return ["rename", "DELETE"].findIndex((word) => name.includes(word)) + 1;
}

beforeAll(async () => {
  server = await startTestServer();
  all = await inviteCallers(server);
  base = `/p/${all.project.slug}/api/2.0`;
  const { owner } = all.people;
  const input = { project: all.project.slug, experimentId: "0", userId: "", tags: [] };
  const made = { ...input, runName: undefined, startTime: undefined };
  run = (await createRun(owner, made)).id;
  const { contributor } = all.people;
  const actor = {
    kind: "run",
    userId: contributor.actor.userId,
    name: "Carl",
    projectId: all.project.id,
    workloadId: all.jobId,
  } as const;
  jobsRun = (await createRun({ ...owner, actor }, made)).id;
  const created = await ask("POST experiments/create", "owner", run);
  experiment = created.json<{ experiment_id: string }>().experiment_id;
  const ids: Record<string, string> = {};
  for (const [caller, id] of [
    ["owner", run],
    ["run token", jobsRun],
  ] as const) {
    const logged = await ask("POST logged-models", caller, id);
    ids[id] = logged.json<{ model: { info: { model_id: string } } }>().model.info.model_id;
    for (const [path, fields] of [
      ["registered-models/create", {}],
      ["model-versions/create", { source: `runs:/${id}/model` }],
    ] as const) {
      const answer = await send(caller, ["POST", `${base}/mlflow/${path}`], {
        name: modelOf(id),
        ...fields,
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
    }
  }
  loggedModels = ids;
});

afterAll(async () => server?.close());

function expected(action: Action, caller: Caller): number | "allowed" {
  if (caller === "anonymous") return 401;
  if (caller === "non-member" || caller === "token of another project") return 404;
  if (caller === "administrator") return "allowed";
  const actions = caller === "run token" ? runTokenActions : policy[caller];
  return actions.has(action) ? "allowed" : 403;
}

function send(caller: Caller, [method, url]: [string, string], payload?: object | Buffer) {
  const token = all.tokens[caller];
  return server.call({
    method: method as "GET",
    url,
    ...(token === undefined ? {} : { token }),
    ...(payload === undefined ? {} : { payload }),
  });
}

function ask(name: string, caller: Caller, id: string) {
  const [method = "", path = ""] = name.split(" ");
  const fields = rows[name]?.fields(id) ?? {};
  const filled = path.replaceAll(/:(\w+)/g, (_, field: string) => String(fields[field]));
  const url = `${base}/mlflow/${filled}`;
  if (method !== "GET") return send(caller, [method, url], fields);
  const query = new URLSearchParams(
    Object.entries(fields).map(([key, value]) => [key, String(value)]),
  );
  return send(caller, [method, `${url}?${query.toString()}`]);
}

type Answer = Awaited<ReturnType<typeof send>>;

/** What an answer amounts to; a state that does not fit is another reason than who asks. */
function verdictOf(answer: Answer): number | string {
  const { statusCode, body } = answer;
  if (statusCode === 404) return /There is no project/.test(body) ? 404 : "allowed";
  const otherReason =
    statusCode === 400 && /must be in the '|expected to be in|lifecycle/.test(body);
  if (statusCode < 300 || otherReason) return "allowed";
  return statusCode === 401 || statusCode === 403 ? statusCode : `${statusCode} ${body}`;
}

async function verdicts(ask: (caller: Caller) => PromiseLike<Answer>): Promise<object> {
  const found: Record<string, number | string> = {};
  for (const caller of callers) found[caller] = verdictOf(await ask(caller));
  return found;
}

const wanted = (action: Action): object =>
  Object.fromEntries(callers.map((caller) => [caller, expected(action, caller)]));

describe("who may do what over the MLflow protocol", () => {
  test("is said for every endpoint that is served", () => {
    expect(Object.keys(rows).toSorted()).toEqual(named.toSorted());
  });

  test.each(served.filter((name) => rows[name]?.ofRun))(
    "%s of another job's run is not a job's to write",
    async (name) => {
      const reads = rows[name]?.action.endsWith(".read");
      if (!reads && !runTokenActions.has(rows[name]?.action ?? "run.read")) return;
      expect(verdictOf(await ask(name, "run token", run))).toBe(reads ? "allowed" : 403);
    },
  );

  test.each(served)("%s", async (name) => {
    const row = rows[name];
    if (row === undefined) throw new Error(`Say what ${name} asks for`);
    const ids = (caller: Caller): string => (caller === "run token" ? jobsRun : run);
    expect(await verdicts((caller) => ask(name, caller, ids(caller)))).toEqual(wanted(row.action));
  });
});

describe("who may do what with artifacts", () => {
  const file = (id: string): string => `${base}/mlflow-artifacts/artifacts/0/${id}/artifacts/a.txt`;
  const content = Buffer.from("x");

  test.each([
    ["PUT", "artifact.write"],
    ["GET", "artifact.read"],
    ["DELETE", "artifact.write"],
  ] as const)("%s", async (method, action) => {
    const ids = (caller: Caller): string => (caller === "run token" ? jobsRun : run);
    const payload = method === "PUT" ? content : undefined;
    const found = await verdicts((caller) => send(caller, [method, file(ids(caller))], payload));
    expect(found).toEqual(wanted(action));
    const other = verdictOf(await send("run token", [method, file(run)], payload));
    expect(other).toBe(method === "GET" ? "allowed" : 403);
  });

  test("listing", async () => {
    const url = `${base}/mlflow-artifacts/artifacts?path=0/${run}/artifacts`;
    expect(await verdicts((caller) => send(caller, ["GET", url]))).toEqual(wanted("artifact.read"));
  });

  test("links to the content host", async () => {
    await send("owner", ["PUT", file(run)], content);
    const url = `/api/v1/projects/${all.project.slug}/runs/${run}/artifacts/link`;
    const found = await verdicts((caller) => send(caller, ["POST", url], { path: "a.txt" }));
    expect(found).toEqual(wanted("artifact.read"));
  });
});

test("the bare address is everybody's own project, and nobody else's", async () => {
  const seen: Record<string, number | string> = {};
  for (const caller of callers) {
    const answer = await send(caller, ["POST", "/api/2.0/mlflow/runs/search"], {
      experiment_ids: ["0"],
    });
    const found = answer.statusCode === 200 ? answer.json<{ runs?: unknown[] }>().runs : undefined;
    seen[caller] = answer.statusCode === 200 ? `${found?.length ?? 0} runs` : answer.statusCode;
  }
  const shared = (await ask("POST runs/search", "owner", run)).json<{ runs: unknown[] }>().runs;
  const people = Object.keys(all.people).map((name) => [name, "0 runs"] as const);
  expect(seen).toEqual({
    anonymous: 401,
    ...Object.fromEntries(people),
    "token of another project": "0 runs",
    "run token": `${shared.length} runs`,
  });
  expect(shared.length).toBeGreaterThan(1);
});
