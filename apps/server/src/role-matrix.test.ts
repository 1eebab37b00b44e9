import { createHash } from "node:crypto";
import type { Endpoint } from "@tessera/contracts/endpoint";
import { Problem } from "@tessera/contracts/errors";
import { endpoints } from "@tessera/contracts/registry";
import { newId } from "@tessera/kit/ids";
import {
  accountActions,
  administratorActions,
  policy,
  runTokenActions,
} from "@tessera/usecases/identity/policy";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRoutes } from "./routes/all-routes.ts";
import { type Caller, type Callers, callers, inviteCallers } from "./testing/callers.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

type Verdict = "allowed" | 401 | 403 | 404;

/** What the policy says; `projectId` endpoints ask by role, the rest by account. */
function expected(endpoint: Endpoint, caller: Caller): Verdict {
  const { action } = endpoint;
  if (action === "public") return "allowed";
  if (caller === "anonymous") return 401;
  // A job has no account that could be welcomed.
  if (endpoint.id === "completeWelcome") return caller === "run token" ? 403 : "allowed";
  if (action === "signed-in") return "allowed";
  if (!endpoint.path.includes("{project}")) return expectedOfAccount(action, caller);
  if (caller === "non-member" || caller === "token of another project") return 404;
  if (caller === "administrator") return "allowed";
  const actions = caller === "run token" ? runTokenActions : policy[caller];
  return actions.has(action) ? "allowed" : 403;
}

function expectedOfAccount(action: Endpoint["action"], caller: Caller): Verdict {
  if (action === "public" || action === "signed-in") return "allowed";
  if (caller === "run token") return 403;
  if (caller === "token of another project") {
    return action === "tier.read" || action === "queue.read" ? "allowed" : 403;
  }
  if (administratorActions.has(action)) return caller === "administrator" ? "allowed" : 403;
  return accountActions.has(action) ? "allowed" : 403;
}

const hex = newId();
const digest = createHash("sha256").update("nothing").digest("hex");

/** Values of path parameters: of things that are not there, so that little changes. */
const parameters: Record<string, string> = {
  id: hex,
  other: hex,
  userId: hex,
  digest,
  name: "nothing-here",
  number: "1",
  version: "1",
  tag: "golden",
  alias: "champion",
};

const queries: Record<string, Record<string, string>> = {
  getSnapshotFile: { path: "train.py" },
  searchJobLog: { q: "loss" },
  getArtifact: { path: "model.txt" },
  putArtifact: { path: "model.txt" },
  getDatasetFile: { path: "a.csv" },
  putDraftFile: { path: "a.csv" },
  deleteDraftFile: { path: "a.csv" },
  getModelFile: { path: "MLmodel" },
};

/** Bodies that are right in themselves. */
const bodies: Record<string, () => unknown> = {
  completeWelcome: () => ({ name: "Ada", email: `${newId()}@example.com`, password: "0123456789" }),
  createSignInLink: () => ({}),
  createAccessToken: () => ({ name: "a token" }),
  createUser: () => ({ name: "Bob", email: `${newId()}@example.com` }),
  updateUser: () => ({ disabled: false }),
  createProject: () => ({ name: `Project ${newId()}` }),
  updateProject: () => ({ description: "changed" }),
  putMember: () => ({ email: `${newId()}@example.com`, role: "viewer" }),
  cloneSnapshot: () => ({ url: "file:///nowhere/at-all", commit: "main" }),
  putEnvironment: () => ({ source: { kind: "image", image: "python:3.12" } }),
  submitJob: () => ({ command: ["true"] }),
  rerunJob: () => ({}),
  createSweep: () => ({
    space: { x: { type: "float", low: 0, high: 1 } },
    metric: "loss",
    direction: "minimize",
    maxTrials: 3,
  }),
  extendSweep: () => ({ trials: 1 }),
  tellTrial: () => ({ state: "complete", value: 1 }),
  putTier: () => ({ cpus: 1, memoryMb: 512, gpus: 0 }),
  searchRuns: () => ({}),
  updateRun: () => ({ note: "looks good" }),
  chartRuns: () => ({ runIds: [hex], keys: ["loss"] }),
  putDatasetTag: () => ({ version: 1 }),
  createDatasetDraft: () => ({}),
  addKnownFiles: () => ({ files: [{ path: "a.csv", sha256: digest }] }),
  createArtifactLink: () => ({ path: "model.txt" }),
  updateModel: () => ({ description: "changed" }),
  registerModelVersion: () => ({ source: "s3://bucket/model" }),
  setModelStage: () => ({ stage: "Staging", reason: "good" }),
  setModelAlias: () => ({ version: 1, reason: "good" }),
  createExperiment: () => ({ name: `experiment ${newId()}` }),
};

let server: TestServer;
let origin: string;
let project: Callers["project"];
let tokens: Callers["tokens"];
let newProject: Callers["newProject"];

beforeAll(async () => {
  server = await startTestServer();
  await seedTiers(server.system);
  origin = await server.app.listen({ host: "127.0.0.1", port: 0 });
  ({ project, tokens, newProject } = await inviteCallers(server));
});

afterAll(async () => server?.close());

async function ask(endpoint: Endpoint, caller: Caller, slug: string): Promise<Response> {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "project" ? slug : (parameters[name] ?? `no example for ${name}`),
  );
  const query = new URLSearchParams(queries[endpoint.id]).toString();
  const token = tokens[caller];
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const init: RequestInit = { method: endpoint.method, headers, redirect: "manual" };
  if (endpoint.bodyWire === "stream") {
    headers["content-type"] = "application/octet-stream";
    init.body = "not an archive";
  } else if (endpoint.body !== undefined) {
    const body = bodies[endpoint.id];
    if (body === undefined) throw new Error(`Add an example body for ${endpoint.id}`);
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(body());
  }
  return fetch(`${origin}${path}${query === "" ? "" : `?${query}`}`, init);
}

/** What an answer amounts to; allowed is also what fails for another reason than who asks. */
async function verdictOf(endpoint: Endpoint, response: Response): Promise<string | number> {
  const { status } = response;
  if (status === 401 || status === 403) return status;
  if (status < 400) {
    await response.body?.cancel();
    return "allowed";
  }
  const { detail } = Problem.parse(await response.json());
  if (status === 404) return meaningOf404(detail);
  const unreadable = endpoint.bodyWire === "stream" && (status === 400 || status === 415);
  return status === 409 || unreadable ? "allowed" : `${status} ${detail}`;
}

function meaningOf404(detail: string): string | number {
  if (detail.startsWith("There is no project")) return 404;
  return /^There is no (GET|PUT|POST|PATCH|DELETE) /.test(detail) ? "no such route" : "allowed";
}

describe("every endpoint has a route", () => {
  const registered = new Set(allRoutes.map(({ endpoint }) => endpoint.id));

  test("and only one", () => {
    const missing = endpoints.map(({ id }) => id).filter((id) => !registered.has(id));
    expect(missing).toEqual([]);
    expect(allRoutes.length).toBe(registered.size);
  });
});

describe("who may do what", () => {
  test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    "%s",
    async (_, endpoint) => {
      const found: Record<string, string | number> = {};
      const wanted: Record<string, Verdict> = {};
      for (const caller of callers) {
        // Whoever may delete the project gets one of their own to delete.
        const own = endpoint.id === "deleteProject" && caller !== "run token";
        const { slug } = own ? await newProject() : project;
        found[caller] = await verdictOf(endpoint, await ask(endpoint, caller, slug));
        wanted[caller] = expected(endpoint, caller);
      }
      expect(found).toEqual(wanted);
    },
  );
});
