import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Clock } from "@tessera/kit/clock";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let token: string;
let project: string;
let late = 0;

const clock: Clock = { now: () => new Date(Date.now() + late) };
const page = "<!doctype html><script>document.title = 'ran'</script>";

beforeAll(async () => {
  server = await startTestServer({
    clock,
    settings: { publicUrl: "http://127.0.0.1:3000", contentHost: "localhost" },
  });
  const owner = await server.createPerson();
  project = (await server.createProject([[owner, "owner"]])).slug;
  token = await server.tokenOf(owner);
});

afterAll(async () => server?.close());

async function newRun(): Promise<string> {
  const created = await server.call({
    method: "POST",
    url: `/p/${project}/api/2.0/mlflow/runs/create`,
    token,
    payload: {},
  });
  return created.json<{ run: { info: { run_id: string } } }>().run.info.run_id;
}

async function put(run: string, path: string, payload: string): Promise<void> {
  const url = `/api/v1/projects/${project}/runs/${run}/artifacts/file?path=${encodeURIComponent(path)}`;
  expect((await server.call({ method: "PUT", url, token, payload })).statusCode).toBe(201);
}

function askForLink(run: string, path: string, as: string | undefined = token) {
  const url = `/api/v1/projects/${project}/runs/${run}/artifacts/link`;
  return server.call({ method: "POST", url, payload: { path }, ...(as ? { token: as } : {}) });
}

async function linkTo(run: string, path: string): Promise<URL> {
  const response = await askForLink(run, path);
  expect(response.statusCode).toBe(201);
  return new URL(response.json<{ url: string }>().url);
}

/** Follows a link as a browser does, to whatever host. */
function open(
  url: URL,
  changes: { host?: string; method?: "GET" | "HEAD" | "POST"; headers?: object } = {},
) {
  return server.call({
    method: changes.method ?? "GET",
    url: url.pathname + url.search,
    headers: { host: changes.host ?? url.host, ...changes.headers },
  });
}

function expectNoTrace(response: LightMyRequestResponse): void {
  expect(response.statusCode).toBe(404);
  expect(response.headers["set-cookie"]).toBeUndefined();
  expect(response.headers["content-security-policy"]).toMatch(/^sandbox |object-src 'none'/);
  expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
}

describe("a link to an artifact", () => {
  test("is on a host of the run's own and serves the file there, sandboxed", async () => {
    const run = await newRun();
    await put(run, "reports/page.html", page);
    const link = await linkTo(run, "reports/page.html");
    expect(link.host).toMatch(/^a-[0-9a-f]{32}\.localhost:3000$/);
    const response = await open(link);
    expect([response.statusCode, response.body]).toEqual([200, page]);
    expect(response.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    });
    const policy = String(response.headers["content-security-policy"]);
    expect(policy).toMatch(/^sandbox allow-scripts allow-popups; /);
    expect(policy).not.toMatch(/allow-same-origin|allow-top-navigation|https?:|\*/);
    expect(response.headers["set-cookie"]).toBeUndefined();
    expect(response.headers["content-disposition"]).toBeUndefined();
  });

  test("another run has another host, at which the link is worth nothing", async () => {
    const [one, two] = [await newRun(), await newRun()];
    await put(one, "a.html", page);
    await put(two, "a.html", page);
    const [first, second] = [await linkTo(one, "a.html"), await linkTo(two, "a.html")];
    expect(first.host).not.toBe(second.host);
    expectNoTrace(await open(first, { host: second.host }));
    expectNoTrace(await open(first, { host: "anything.localhost:3000" }));
  });

  test("gives the type that the file's name says, whatever the address says", async () => {
    const run = await newRun();
    for (const [name, type] of [
      ["drawing.svg", "image/svg+xml"],
      ["plot.png", "image/png"],
      ["table.csv", "text/csv; charset=utf-8"],
      ["no-extension", "application/octet-stream"],
    ] as const) {
      await put(run, name, "<svg xmlns='http://www.w3.org/2000/svg'/>");
      const link = await linkTo(run, name);
      link.pathname = link.pathname.replace(/[^/]+$/, "other.html");
      expect((await open(link)).headers["content-type"]).toBe(type);
    }
  });

  test("serves parts, headers alone, and nothing that the browser has", async () => {
    const run = await newRun();
    await put(run, "v.txt", "0123456789");
    const link = await linkTo(run, "v.txt");
    const part = await open(link, { headers: { range: "bytes=3-4" } });
    expect([part.statusCode, part.body]).toEqual([206, "34"]);
    const head = await open(link, { method: "HEAD" });
    expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", "10"]);
    const known = await open(link, { headers: { "if-none-match": head.headers.etag } });
    expect(known.statusCode).toBe(304);
  });

  test("is refused once it was changed, or ten minutes are over", async () => {
    const run = await newRun();
    await put(run, "a.html", page);
    const link = await linkTo(run, "a.html");
    const [, , sealed = ""] = link.pathname.split("/");
    const [payload = "", signature = ""] = sealed.split(".");
    const stolen = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), path: "b.html" };
    const forged = Buffer.from(JSON.stringify(stolen)).toString("base64url");
    for (const changed of [
      `${forged}.${signature}`,
      payload,
      `${payload}.`,
      `${payload}.${signature.slice(0, -2)}`,
      `${payload}.${Buffer.alloc(32).toString("base64url")}`,
      "",
      "..%2f..%2fetc%2fpasswd",
    ]) {
      expectNoTrace(await open(new URL(`/artifact/${changed}/a.html`, link.origin)));
    }
    late = 9.9 * 60_000;
    expect((await open(link)).statusCode).toBe(200);
    late = 10.1 * 60_000;
    expectNoTrace(await open(link));
    late = 0;
  });

  test("is for those who may read the artifact", async () => {
    const run = await newRun();
    await put(run, "a.html", page);
    const stranger = await server.tokenOf(await server.createPerson({ name: "Eve" }));
    expect((await askForLink(run, "a.html", stranger)).statusCode).toBe(404);
    expect((await askForLink(run, "a.html", "")).statusCode).toBe(401);
    expect((await askForLink(run, "absent.html")).statusCode).toBe(404);
    expect((await askForLink(run, "../a.html")).statusCode).toBe(400);
  });
});

describe("on the content host", () => {
  test.each([
    ["GET", "/"],
    ["GET", "/sign-in"],
    ["GET", "/healthz"],
    ["GET", "/readyz"],
    ["GET", "/docs"],
    ["GET", "/api/v1/openapi.json"],
    ["GET", "/api/v1/me"],
    ["POST", "/api/v1/projects"],
    ["POST", "/api/auth/sign-in/email"],
    ["GET", "/link/abc"],
    ["GET", "/version"],
    ["GET", "/api/2.0/mlflow/experiments/search"],
    ["GET", "/p/demo/api/2.0/mlflow/experiments/get"],
    ["GET", "/_next/static/chunks/main.js"],
    ["POST", "/artifact/a.b/c"],
  ] as const)("%s %s is nothing of ours", async (method, url) => {
    for (const host of ["a-0.localhost:3000", "A-0.LOCALHOST:3000", "x.y.localhost"]) {
      const response = await server.call({
        method,
        url,
        token,
        headers: { host, cookie: "tessera-3000.session_token=abc.def" },
      });
      expectNoTrace(response);
    }
  });
});

describe("on the dashboard's origin", () => {
  test("pages and drawings are attachments that run nothing, and links mean nothing", async () => {
    const run = await newRun();
    await put(run, "page.html", page);
    const file = await server.call({
      url: `/api/v1/projects/${project}/runs/${run}/artifacts/file?path=page.html`,
      token,
    });
    expect(file.headers).toMatchObject({
      "content-disposition": expect.stringMatching(/^attachment;/),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    });
    const link = await linkTo(run, "page.html");
    for (const host of ["127.0.0.1:3000", "localhost:3000"]) {
      const response = await open(link, { host });
      expect(response.body).not.toContain("<script>document");
      expect(response.statusCode).not.toBe(200);
    }
  });
});
