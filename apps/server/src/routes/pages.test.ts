import { rawEntry, tarGz } from "@tessera/blobs/testing/raw-tar";
import { buffer } from "node:stream/consumers";
import type { Endpoint } from "@tessera/contracts/endpoint";
import { endpoints } from "@tessera/contracts/registry";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let token: string;
let admin: string;
let base: string;
let run: string;
let snapshot: string;
let draft: string;
let sweep: string;

const five = [1, 2, 3, 4, 5];

/** Whose business an address is. */
const tokenFor = (url: string): string => (/^\/api\/v1\/(users|tiers\/)/.test(url) ? admin : token);

async function send(method: "POST" | "PUT", url: string, payload: object) {
  const response = await server.call({ method, url, token: tokenFor(url), payload });
  expect(response.statusCode).toBeLessThan(300);
  return response.json<{ id: string }>();
}

/** An upload of so many files to a dataset, which is not over yet. */
async function openDraft(dataset: string, files: readonly string[]): Promise<string> {
  const drafts = `${base}/datasets/${dataset}/drafts`;
  const { id } = await send("POST", drafts, {});
  for (const each of files) {
    const content = Buffer.from(`${dataset} ${each}`);
    await send("PUT", `${drafts}/${id}/file?path=${each}.csv`, content);
  }
  return id;
}

async function pushData(dataset: string, files: readonly string[]): Promise<void> {
  const id = await openDraft(dataset, files);
  await send("POST", `${base}/datasets/${dataset}/drafts/${id}/commit`, {});
}

async function makeSweeps(): Promise<void> {
  const space = { x: { type: "float", low: 0, high: 1 } };
  const wanted = { space, metric: "loss", direction: "minimize", maxTrials: 10, parallelism: 10 };
  for (const each of five) {
    sweep = (await send("POST", `${base}/sweeps`, { ...wanted, name: `sweep ${each}` })).id;
  }
  for (const _ of five) await send("POST", `${base}/sweeps/${sweep}/ask`, {});
}

beforeAll(async () => {
  server = await startTestServer();
  await seedTiers(server.system);
  const owner = await server.createPerson({ name: "Olga" });
  token = await server.tokenOf(owner);
  admin = await server.tokenOf(await server.createPerson({ name: "Anna", admin: true }));
  const { slug } = await server.createProject([[owner, "owner"]]);
  base = `/api/v1/projects/${slug}`;
  run = (
    await createRun(owner, {
      project: slug,
      experimentId: "0",
      userId: "",
      tags: [],
      runName: undefined,
      startTime: undefined,
    })
  ).id;
  for (const each of five) {
    await send("POST", "/api/v1/tokens", { name: `token ${each}` });
    await send("POST", "/api/v1/users", { name: "P", email: `p${each}@example.com` });
    await send("PUT", `${base}/members`, { email: `p${each}@example.com`, role: "viewer" });
    await send("POST", `${base}/experiments`, { name: `experiment ${6 - each}` });
    await send("PUT", `/api/v1/tiers/t${each}`, { cpus: 1, memoryMb: 512, gpus: 0 });
    for (const name of ["same", `other-${each}`]) {
      const source = { kind: "python", requirements: `numpy==1.${each}\n` };
      await send("PUT", `${base}/environments/${name}`, { source });
    }
    const path = encodeURIComponent(`out/é ${each}/model.txt`);
    await send("PUT", `${base}/runs/${run}/artifacts/file?path=${path}`, Buffer.from("x"));
    const model = { source: "s3://bucket/model" };
    await send("POST", `${base}/models/model ${6 - each}/versions`, model);
    await send("POST", `${base}/models/same/versions`, model);
    await send("PUT", `${base}/models/same/aliases/champion`, { version: each });
    const logged = { experiment_id: "0", source_run_id: run };
    await send("POST", `/p/${slug}/api/2.0/mlflow/logged-models`, logged);
    await send("POST", `${base}/jobs`, { command: ["true"] });
    await send("POST", "/api/v1/projects", { name: `project ${each}` });
    await pushData(`data-${6 - each}`, ["a"]);
    await pushData("same", [`only-${each}`]);
  }
  await makeSweeps();
  await pushData("files", five.map(String));
  draft = await openDraft("files", five.map(String));
  await pushData("files", ["another"]);
  const source = `runs:/${run}/out`;
  await send("POST", `${base}/models/filed/versions`, { source });
  const entries = five.map((each) => rawEntry({ name: `d/${6 - each}.py`, content: `${each}` }));
  snapshot = (await send("POST", `${base}/snapshots`, await buffer(tarGz(entries)))).id;
});

afterAll(async () => server?.close());

const lists: Record<string, () => string> = {
  listAccessTokens: () => "/api/v1/tokens",
  listUsers: () => "/api/v1/users",
  listProjects: () => "/api/v1/projects",
  listMembers: () => `${base}/members`,
  listEnvironments: () => `${base}/environments`,
  listEnvironmentRevisions: () => `${base}/environments/same/revisions`,
  listExperiments: () => `${base}/experiments`,
  listTiers: () => "/api/v1/tiers",
  listJobs: () => `${base}/jobs`,
  listAllJobs: () => "/api/v1/jobs",
  listSnapshotFiles: () => `${base}/snapshots/${snapshot}/files`,
  listModels: () => `${base}/models`,
  listModelVersions: () => `${base}/models/same/versions`,
  listModelPromotions: () => `${base}/models/same/promotions`,
  listModelFiles: () => `${base}/models/filed/versions/1/files`,
  listRunModels: () => `${base}/runs/${run}/models`,
  listDatasets: () => `${base}/datasets`,
  listDatasetVersions: () => `${base}/datasets/same/versions`,
  listDatasetFiles: () => `${base}/datasets/files/versions/1/files`,
  compareDatasetVersions: () => `${base}/datasets/files/versions/1/compare/2`,
  listDraftFiles: () => `${base}/datasets/files/drafts/${draft}/files`,
  listSweeps: () => `${base}/sweeps`,
  listTrials: () => `${base}/sweeps/${sweep}/trials`,
  listArtifacts: () => `${base}/runs/${run}/artifacts?path=out`,
};

interface Page {
  readonly items: unknown[];
  readonly nextPageToken?: string;
}

async function read(url: string, query: Record<string, string>): Promise<Page> {
  const address = new URL(url, "http://x");
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const response = await server.call({
    url: address.pathname + address.search,
    token: tokenFor(url),
  });
  expect(response.statusCode).toBe(200);
  return response.json<Page>();
}

/** Lists whose whole answer is bounded, or is one thing compared with another. */
const bounded = new Set(["compareSnapshots", "getSystemSamples", "searchRuns"]);

function isList({ id, response }: Endpoint): boolean {
  const shape = response !== undefined && "shape" in response ? response.shape : {};
  return typeof shape === "object" && shape !== null && "items" in shape && !bounded.has(id);
}

describe("every list", () => {
  test("is one of these", () => {
    expect(Object.keys(lists).toSorted()).toEqual(
      endpoints
        .filter(isList)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test.each(Object.keys(lists))("%s comes in pages that are together the whole", async (id) => {
    const url = lists[id]?.() ?? "";
    const whole = await read(url, { limit: "500" });
    expect(whole.items.length).toBeGreaterThanOrEqual(5);
    expect(whole.nextPageToken).toBeUndefined();
    const found: unknown[] = [];
    let page: Page = { items: [], nextPageToken: "" };
    for (let query = {}; page.nextPageToken !== undefined;) {
      page = await read(url, { limit: "2", ...query });
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items);
      query = { pageToken: page.nextPageToken };
    }
    expect(found).toEqual(whole.items);
  });

  test.each(Object.keys(lists))("%s takes no page token but its own", async (id) => {
    const url = new URL(lists[id]?.() ?? "", "http://x");
    const as = tokenFor(url.pathname);
    for (const wrong of ["!!", "ab=", "x".repeat(2001)]) {
      url.searchParams.set("pageToken", wrong);
      const response = await server.call({ url: url.pathname + url.search, token: as });
      expect(response.statusCode).toBe(400);
    }
    for (const odd of ["nonsense", "[1]", '["x","y"]', "-1", "9".repeat(30), "a\0b"]) {
      url.searchParams.set("pageToken", Buffer.from(odd).toString("base64url"));
      const response = await server.call({ url: url.pathname + url.search, token: as });
      expect([200, 400]).toContain(response.statusCode);
    }
  });
});
