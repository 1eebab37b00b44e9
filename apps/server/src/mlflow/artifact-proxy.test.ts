import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { openFsBlobStore } from "@tessera/blobs/fs/fs-blob-store";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let origin: string;
let folder: string;
let token: string;
let viewerToken: string;
let strangerToken: string;
let api: string;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-artifacts-"));
  server = await startTestServer({ blobs: await openFsBlobStore(folder) });
  origin = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const [owner, viewer] = [
    await server.createPerson(),
    await server.createPerson({ name: "Vera" }),
  ];
  const project = await server.createProject([
    [owner, "owner"],
    [viewer, "viewer"],
  ]);
  token = await server.tokenOf(owner);
  viewerToken = await server.tokenOf(viewer);
  strangerToken = await server.tokenOf(await server.createPerson({ name: "Eve" }));
  api = `${origin}/p/${project.slug}/api/2.0`;
  run = await newRun();
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function newRun(): Promise<string> {
  const response = await fetch(`${api}/mlflow/runs/create`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: "{}",
  });
  const { run: made } = (await response.json()) as { run: { info: { run_id: string } } };
  return made.info.run_id;
}

interface Send extends RequestInit {
  readonly as?: string;
  /** Below the run's artifacts, as it stands in the address. */
  readonly path?: string;
}

const address = (path: string): string =>
  `${api}/mlflow-artifacts/artifacts/0/${run}/artifacts/${path}`;

function send(path: string, { as = token, headers, ...init }: Send = {}): Promise<Response> {
  return fetch(address(path), {
    ...init,
    headers: { authorization: `Bearer ${as}`, ...(headers as Record<string, string>) },
  });
}

async function listed(path = ""): Promise<unknown> {
  const query = new URLSearchParams({ path: `0/${run}/artifacts${path}` });
  const response = await fetch(`${api}/mlflow-artifacts/artifacts?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { files?: unknown }).files ?? [];
}

/** Sent as it is written: `fetch` would tidy the path first. */
async function rawStatus(method: string, path: string): Promise<number> {
  const url = new URL(api);
  const sent = request({
    host: url.hostname,
    port: url.port,
    method,
    path: `${url.pathname}${path}`,
    headers: { authorization: `Bearer ${token}`, "content-length": method === "PUT" ? 1 : 0 },
  });
  sent.end(method === "PUT" ? "x" : undefined);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

describe("a file", () => {
  test("comes back byte for byte with the type that its name says, as an attachment", async () => {
    for (const [name, type] of [
      ["page.html", "text/html; charset=utf-8"],
      ["drawing.svg", "image/svg+xml"],
      ["picture.png", "image/png"],
      ["data.json", "application/json; charset=utf-8"],
      ["weights.unknown-kind", "application/octet-stream"],
    ] as const) {
      const body = Buffer.from(`content of ${name} \0ÿ`);
      const put = await send(name, {
        method: "PUT",
        body,
        headers: { "content-type": "text/html" },
      });
      expect(put.status).toBe(200);
      expect(await put.json()).toEqual({});
      const got = await send(name);
      expect(Buffer.from(await got.arrayBuffer())).toEqual(body);
      expect(Object.fromEntries(got.headers)).toMatchObject({
        "content-type": type,
        "content-length": String(body.length),
        "content-disposition": `attachment; filename="${name}"; filename*=UTF-8''${name}`,
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        etag: `"${createHash("sha256").update(body).digest("hex")}"`,
      });
    }
  });

  test("in parts, whole when a part makes no sense, and 416 past the end", async () => {
    await send("ten.txt", { method: "PUT", body: "0123456789" });
    const etag = (await send("ten.txt")).headers.get("etag") ?? "";
    const part = async (headers: Record<string, string>) => {
      const got = await send("ten.txt", { headers });
      return [got.status, await got.text(), got.headers.get("content-range")];
    };
    expect(await part({ range: "bytes=2-4" })).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await part({ range: "bytes=7-" })).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part({ range: "bytes=-3" })).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part({ range: "bytes=5-900" })).toEqual([206, "56789", "bytes 5-9/10"]);
    expect(await part({ range: "bytes=0-1,4-5" })).toEqual([200, "0123456789", null]);
    expect(await part({ range: "lines=1-2" })).toEqual([200, "0123456789", null]);
    expect(await part({ range: "bytes=10-" })).toEqual([416, "", "bytes */10"]);
    expect(await part({ range: "bytes=-0" })).toEqual([416, "", "bytes */10"]);
    expect(await part({ range: "bytes=2-4", "if-range": etag })).toEqual([
      206,
      "234",
      "bytes 2-4/10",
    ]);
    expect(await part({ range: "bytes=2-4", "if-range": '"other"' })).toEqual([
      200,
      "0123456789",
      null,
    ]);
    expect(await part({ "if-none-match": etag })).toEqual([304, "", null]);
    expect(await part({ "if-none-match": `"a", W/${etag}` })).toEqual([304, "", null]);
    const head = await send("ten.txt", { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      "10",
      "",
    ]);
  });

  test("that says it is JSON, and one without a type or a byte", async () => {
    await send("broken.json", {
      method: "PUT",
      body: '{"not',
      headers: { "content-type": "application/json" },
    });
    expect(await (await send("broken.json")).text()).toBe('{"not');
    expect(await rawStatus("PUT", `/mlflow-artifacts/artifacts/0/${run}/artifacts/plain`)).toBe(
      200,
    );
    await send("empty", { method: "PUT", body: "" });
    expect(await (await send("empty")).text()).toBe("");
  });

  test("is a file or a folder, not both", async () => {
    run = await newRun();
    expect((await send("a/b", { method: "PUT", body: "x" })).status).toBe(200);
    for (const path of ["a", "a/b/c", "a/b/c/d"]) {
      const put = await send(path, { method: "PUT", body: "x" });
      expect(put.status).toBe(400);
      expect(await put.json()).toMatchObject({ error_code: "INVALID_PARAMETER_VALUE" });
    }
    expect(await listed()).toEqual([{ path: "a", is_dir: true }]);
    expect(await listed("/a")).toEqual([{ path: "b", is_dir: false, file_size: 1 }]);
  });
});

describe("who may", () => {
  test("nobody, strangers and viewers", async () => {
    await send("seen.txt", { method: "PUT", body: "x" });
    for (const [as, reading, writing] of [
      ["tsr_unknown", 401, 401],
      [strangerToken, 404, 404],
      [viewerToken, 200, 403],
    ] as const) {
      expect((await send("seen.txt", { as })).status).toBe(reading);
      expect((await send("seen.txt", { as, method: "PUT", body: "y" })).status).toBe(writing);
      expect((await send("seen.txt", { as, method: "DELETE" })).status).toBe(writing);
    }
    expect(await (await send("seen.txt")).text()).toBe("x");
  });

  test("a deleted run takes no files", async () => {
    run = await newRun();
    await fetch(`${api}/mlflow/runs/delete`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ run_id: run }),
    });
    expect((await send("a.txt", { method: "PUT", body: "x" })).status).toBe(400);
    run = await newRun();
  });
});

describe("paths that lead out", () => {
  const inRun = (path: string) => `/mlflow-artifacts/artifacts/0/${run}/artifacts/${path}`;

  test.each([
    "../other.txt",
    "a/../../other.txt",
    "%2e%2e/other.txt",
    "%2E%2E%2Fother.txt",
    "%252e%252e/other.txt",
    "%25252e%25252e%2fother.txt",
    "..%5cother.txt",
    "a%5cb",
    "a%00b",
    "a%0ab",
    "%2500",
    "C:/windows",
    "a%23b",
    "",
    ".",
    "x".repeat(2100),
    encodeURIComponent("ü".repeat(1000)),
  ])("%s", async (path) => {
    for (const method of ["PUT", "GET", "DELETE"]) {
      const status = await rawStatus(method, inRun(path));
      expect([400, 404], `${method} ${status}`).toContain(status);
    }
    expect(await rawStatus("PUT", inRun(path))).toBe(400);
  });

  test.each([
    "/mlflow-artifacts/artifacts/other/place.txt",
    "/mlflow-artifacts/artifacts/0/artifacts/x",
    "/mlflow-artifacts/artifacts//etc/passwd",
    "/mlflow-artifacts/artifacts/%2fetc%2fpasswd",
    "/mlflow-artifacts/artifacts/..",
  ])("%s is no run's", async (path) => {
    for (const method of ["PUT", "GET", "DELETE"]) {
      const status = await rawStatus(method, path);
      expect([400, 404], `${method} ${status}`).toContain(status);
    }
  });

  test("in listings, of the proxy and of a run", async () => {
    for (const path of ["..", `0/${run}/artifacts/%2e%2e`, "/etc", "a\\b", "a\0b"]) {
      for (const query of [{ path }, { run_id: run, path }]) {
        const kind = "run_id" in query ? "mlflow/artifacts/list" : "mlflow-artifacts/artifacts";
        const response = await fetch(`${api}/${kind}?${new URLSearchParams(query as never)}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(response.status, `${kind} ${path}`).toBe(400);
      }
    }
    const twice = await fetch(`${api}/mlflow-artifacts/artifacts?path=0/${run}/artifacts&path=b`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(twice.status).toBe(200);
  });

  test("another experiment's number does not make it another run's file", async () => {
    await send("mine.txt", { method: "PUT", body: "x" });
    const got = await fetch(`${api}/mlflow-artifacts/artifacts/7/${run}/artifacts/mine.txt`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await got.text()).toBe("x");
  });
});

describe("large files", () => {
  const chunk = Buffer.alloc(64 * 1024, 7);
  const count = 4800;
  const size = chunk.length * count;

  async function upload(path: string): Promise<number> {
    const sent = request(address(path), {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-length": size },
    });
    const answered = once(sent, "response");
    for (let index = 0; index < count; index++) {
      if (!sent.write(chunk)) await once(sent, "drain");
    }
    sent.end();
    const [response] = (await answered) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  }

  test("of 300 MB go both ways in constant memory", async () => {
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
    try {
      expect(await upload("large.bin")).toBe(200);
      const hash = createHash("sha256");
      const got = await send("large.bin");
      let bytes = 0;
      for await (const piece of got.body ?? []) {
        hash.update(piece as Buffer);
        bytes += (piece as Buffer).length;
      }
      expect(bytes).toBe(size);
      expect(got.headers.get("etag")).toBe(`"${hash.digest("hex")}"`);
      expect((most - before) / 1024 / 1024).toBeLessThan(150);
    } finally {
      clearInterval(look);
    }
  }, 120_000);

  test("of which half came leave nothing", async () => {
    const { hostname, port, pathname } = new URL(address("half.bin"));
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `PUT ${pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${size}\r\n\r\n`,
    );
    for (let index = 0; index < 100; index++) {
      if (!socket.write(chunk)) await once(socket, "drain");
    }
    await expect.poll(() => readdir(join(folder, "tmp"))).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => readdir(join(folder, "tmp"))).toEqual([]);
    expect((await send("half.bin")).status).toBe(404);
  });

  test("keep their old content when the new one does not come whole", async () => {
    await send("kept.txt", { method: "PUT", body: "old" });
    const { hostname, port, pathname } = new URL(address("kept.txt"));
    const socket = connect(Number(port), hostname);
    socket.end(
      `PUT ${pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 10\r\n\r\nnew`,
    );
    await once(socket.resume(), "close");
    expect(await (await send("kept.txt")).text()).toBe("old");
  });
});
