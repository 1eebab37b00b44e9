import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { openFsBlobStore } from "@tessera/blobs/fs/fs-blob-store";
import type {
  Dataset,
  DatasetChange,
  DatasetFile,
  DatasetVersion,
} from "@tessera/contracts/dataset";
import type { DatasetDraft } from "@tessera/contracts/dataset-draft";
import { Problem } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { sweepRetention } from "@tessera/usecases/platform/sweep-retention";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

interface List<Item> {
  readonly items: Item[];
  readonly nextPageToken?: string;
}

let folder: string;
let server: TestServer;
let token: string;
let datasets: string;
/** Of a dataset that each test has for itself. */
let url: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-datasets-"));
  server = await startTestServer({ blobs: await openFsBlobStore(folder) });
  const owner = await server.createPerson({ name: "Ada" });
  token = await server.tokenOf(owner);
  const { slug } = await server.createProject([[owner, "owner"]]);
  datasets = `/api/v1/projects/${slug}/datasets`;
});

beforeEach(() => {
  count += 1;
  url = `${datasets}/digits-${count}`;
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (address: string, headers = {}) => server.call({ url: address, token, headers });

async function begin(message = ""): Promise<string> {
  const request = { method: "POST", url: `${url}/drafts`, token, payload: { message } } as const;
  const response = await server.call(request);
  expect(response.statusCode).toBe(201);
  return `${url}/drafts/${response.json<DatasetDraft>().id}`;
}

/** `file` is a path, or one with the SHA-256 that the content is said to have. */
function put(draft: string, file: string | { path: string; sha256: string }, payload: string) {
  const query = new URLSearchParams(typeof file === "string" ? { path: file } : file);
  return server.call({
    method: "PUT",
    url: `${draft}/file?${query.toString()}`,
    token,
    payload,
    headers: { "content-type": "application/octet-stream" },
  });
}

const commit = (draft: string) => server.call({ method: "POST", url: `${draft}/commit`, token });

const addKnown = (draft: string, files: object[]) =>
  server.call({ method: "POST", url: `${draft}/files`, token, payload: { files } });

async function push(files: Readonly<Record<string, string>>): Promise<DatasetVersion> {
  const draft = await begin();
  for (const [path, content] of Object.entries(files)) {
    expect((await put(draft, path, content)).statusCode).toBe(200);
  }
  const response = await commit(draft);
  expect(response.statusCode).toBe(200);
  return response.json<DatasetVersion>();
}

async function refusal(response: Promise<{ statusCode: number; json: () => unknown }>) {
  const { statusCode, json } = await response;
  return { statusCode, detail: Problem.parse(json()).detail };
}

describe("versions", () => {
  test("are numbered, immutable, listed newest first, and found by number, tag and latest", async () => {
    const first = await push({ "train/a.csv": "1,2", "b.txt": "b" });
    expect(first).toMatchObject({ number: 1, fileCount: 2, sizeBytes: 4, createdBy: "Ada" });
    const second = await push({ "train/a.csv": "1,3", "c.txt": "c" });
    expect(second.number).toBe(2);
    const list = (await get(`${url}/versions`)).json<List<DatasetVersion>>();
    expect(list.items.map(({ number }) => number)).toEqual([2, 1]);
    const set = (version: number) =>
      server.call({ method: "PUT", url: `${url}/tags/golden`, token, payload: { version } });
    expect((await set(2)).json()).toMatchObject({ number: 2, tags: ["golden"] });
    expect((await set(1)).json()).toMatchObject({ number: 1, tags: ["golden"] });
    const number = async (version: string) =>
      (await get(`${url}/versions/${version}`)).json<DatasetVersion>().number;
    expect(await number("1")).toBe(1);
    expect(await number("golden")).toBe(1);
    expect(await number("latest")).toBe(2);
    expect((await get(url)).json<Dataset>().latest).toMatchObject({ number: 2, tags: [] });
    await server.call({ method: "DELETE", url: `${url}/tags/golden`, token });
    expect(await refusal(get(`${url}/versions/golden`))).toEqual({
      statusCode: 404,
      detail: `The dataset "digits-${count}" has no version "golden"; its newest is 2`,
    });
  });

  test("list their files in pages", async () => {
    await push(Object.fromEntries(["d", "a/b", "c", "a/a"].map((path) => [path, path])));
    const page = (await get(`${url}/versions/1/files?limit=3`)).json<List<DatasetFile>>();
    expect(page.items.map(({ path }) => path)).toEqual(["a/a", "a/b", "c"]);
    const next = await get(`${url}/versions/1/files?limit=3&pageToken=${page.nextPageToken}`);
    expect(next.json<List<DatasetFile>>()).toEqual({
      items: [{ path: "d", sha256: sha256("d"), sizeBytes: 1 }],
    });
  });

  test("give a file's bytes, in ranges, as an attachment that runs nothing", async () => {
    await push({ "page.html": "<b>0123456789</b>" });
    const response = await get(`${url}/versions/1/file?path=page.html`, { range: "bytes=3-5" });
    expect(response).toMatchObject({ statusCode: 206, body: "012" });
    expect(response.headers).toMatchObject({
      "content-range": "bytes 3-5/17",
      "content-type": "text/html; charset=utf-8",
      "content-disposition": expect.stringMatching(/^attachment; filename="page.html"/),
      "x-content-type-options": "nosniff",
      etag: `"${sha256("<b>0123456789</b>")}"`,
    });
    expect(await refusal(get(`${url}/versions/1/file?path=none`))).toMatchObject({
      statusCode: 404,
      detail: expect.stringContaining('There is no file "none" in digits-'),
    });
  });

  test("tell how they differ, in pages", async () => {
    await push({ same: "s", gone: "g", changed: "1" });
    await push({ same: "s", added: "a", changed: "22" });
    const compare = async (query: string) =>
      (await get(`${url}/versions/1/compare/latest${query}`)).json<List<DatasetChange>>();
    const page = await compare("?limit=2");
    expect(page.items).toEqual([
      { path: "added", change: "added", before: null, after: expect.anything() },
      {
        path: "changed",
        change: "changed",
        before: { path: "changed", sha256: sha256("1"), sizeBytes: 1 },
        after: { path: "changed", sha256: sha256("22"), sizeBytes: 2 },
      },
    ]);
    expect((await compare(`?limit=2&pageToken=${page.nextPageToken}`)).items).toMatchObject([
      { path: "gone", change: "removed", after: null },
    ]);
  });

  test("with the content of the newest are that one, but not those with an older one's", async () => {
    await push({ a: "1" });
    expect((await push({ a: "2" })).number).toBe(2);
    expect((await push({ a: "2" })).number).toBe(2);
    expect((await push({ a: "1" })).number).toBe(3);
  });
});

describe("an upload", () => {
  test("sends nothing that the project has, and nothing else is taken as had", async () => {
    await push({ a: "known" });
    const draft = await begin();
    const files = [
      { path: "b", sha256: sha256("known") },
      { path: "c", sha256: sha256("unknown") },
    ];
    expect((await addKnown(draft, files)).json()).toEqual({ missing: ["c"] });
    await put(draft, { path: "c", sha256: sha256("unknown") }, "unknown");
    expect((await get(draft)).json()).toMatchObject({ fileCount: 2, sizeBytes: 12, version: null });
    const listed = (await get(`${draft}/files`)).json<List<DatasetFile>>();
    expect(listed.items.map(({ path }) => path)).toEqual(["b", "c"]);
    expect((await commit(draft)).json()).toMatchObject({ number: 2, fileCount: 2 });
  });

  test("of another project's content is asked for it", async () => {
    await push({ secret: "of this project" });
    const stranger = await server.createPerson({ name: "Eve" });
    const { slug } = await server.createProject([[stranger, "owner"]]);
    const address = `/api/v1/projects/${slug}/datasets/mine/drafts`;
    const own = { token: await server.tokenOf(stranger), method: "POST" } as const;
    const { id } = (await server.call({ ...own, url: address, payload: {} })).json<DatasetDraft>();
    const files = [{ path: "secret", sha256: sha256("of this project") }];
    const response = await server.call({
      ...own,
      url: `${address}/${id}/files`,
      payload: { files },
    });
    expect(response.json()).toEqual({ missing: ["secret"] });
  });

  test("beside another to the same dataset becomes a version of its own", async () => {
    const drafts = await Promise.all([begin(), begin(), begin()]);
    await Promise.all(
      drafts.flatMap((draft, at) => [
        put(draft, "same", "same"),
        put(draft, `only-${at}`, "x"),
        put(draft, "value", String(at)),
      ]),
    );
    const versions = await Promise.all(drafts.map(async (draft) => (await commit(draft)).json()));
    expect(new Set(versions.map(({ number }) => number))).toEqual(new Set([1, 2, 3]));
    for (const [at, { number }] of versions.entries()) {
      const files = (await get(`${url}/versions/${number}/files`)).json<List<DatasetFile>>();
      expect(files.items.map(({ path }) => path)).toEqual([`only-${at}`, "same", "value"]);
    }
  });

  test("that is committed again answers the same, and takes nothing more", async () => {
    const draft = await begin("first light");
    await put(draft, "a", "a");
    const version = (await commit(draft)).json();
    expect(version).toMatchObject({ number: 1, message: "first light" });
    expect((await commit(draft)).json()).toEqual(version);
    expect((await get(draft)).json()).toMatchObject({ version: 1, fileCount: 1 });
    const words = { statusCode: 409, detail: expect.stringContaining("is version 1 already") };
    expect(await refusal(put(draft, "b", "b"))).toEqual(words);
    expect(await refusal(addKnown(draft, []))).toEqual(words);
    expect(await refusal(server.call({ method: "DELETE", url: draft, token }))).toEqual(words);
  });

  test("that is given up, or forgotten, is gone, and has made no dataset", async () => {
    const draft = await begin();
    await put(draft, "a", "a");
    await server.call({ method: "DELETE", url: `${draft}/file?path=a`, token });
    expect(await refusal(commit(draft))).toMatchObject({
      statusCode: 400,
      detail: "The upload has no file in it",
    });
    expect((await server.call({ method: "DELETE", url: draft, token })).statusCode).toBe(204);
    expect((await get(draft)).statusCode).toBe(404);
    const [old, young] = [await begin(), await begin()];
    await put(old, "a", "a");
    await server.platform.db.pool.query(
      "UPDATE dataset_draft SET touched_at = now() - interval '8 days' WHERE id = $1",
      [old.split("/").at(-1)],
    );
    await sweepRetention(server.system);
    expect((await get(old)).statusCode).toBe(404);
    expect((await get(young)).statusCode).toBe(200);
    expect((await get(url)).statusCode).toBe(404);
  });
});

describe("what is not right is refused", () => {
  test.each([
    ["../escape", 'the path "../escape" has ".." in it'],
    ["a/../../b", 'the path "a/../../b" has ".." in it'],
    ["/etc/passwd", 'the path "/etc/passwd" is absolute; it must be relative to the dataset'],
    ["a//b", 'the path "a//b" has an empty part, or a . one'],
    ["./a", 'the path "./a" has an empty part, or a . one'],
    ["a\\b", String.raw`the path "a\\b" has a backslash in it; folders are parted by /`],
    ["a\0b", String.raw`the path "a\u0000b" has a control character in it`],
    ["é".repeat(128), `the path "${"é".repeat(128)}" has a part of more than 255 bytes`],
    ["x/".repeat(1001), `the path "${"x/".repeat(100)}…" has an empty part, or a . one`],
    ["xy/".repeat(700) + "z", `the path "${"xy/".repeat(66)}xy…" is longer than 2000 bytes`],
  ])("the path %j", async (path, words) => {
    const draft = await begin();
    const detail = `path: ${words}`;
    expect(await refusal(put(draft, path, "x"))).toEqual({ statusCode: 400, detail });
    if (path.includes("\0")) return;
    const known = await refusal(addKnown(draft, [{ path, sha256: sha256("x") }]));
    expect(known).toEqual({ statusCode: 400, detail: `files.0.path: ${words}` });
    expect((await get(`${draft}/files`)).json()).toEqual({ items: [] });
  });

  test("a path that is there twice", async () => {
    const file = { path: "a", sha256: sha256("a") };
    expect(await refusal(addKnown(await begin(), [file, file]))).toEqual({
      statusCode: 400,
      detail: 'files.1.path: the path "a" is there twice',
    });
  });

  test("a file that is also a folder, whichever came first", async () => {
    const words = { statusCode: 400, detail: 'the path "a/b" is a file and also a folder' };
    const draft = await begin();
    await put(draft, "a/b", "file");
    expect(await refusal(put(draft, "a/b/c/d", "x"))).toEqual(words);
    const other = await begin();
    await put(other, "a/b/c/d", "x");
    await put(other, "a/b", "file");
    expect(await refusal(commit(other))).toEqual(words);
    const both = ["a/b", "a/b/c"].map((path) => ({ path, sha256: sha256("file") }));
    expect(await refusal(addKnown(await begin(), both))).toEqual(words);
  });

  test("content that is not what was announced, of which nothing is left", async () => {
    const draft = await begin();
    const response = await refusal(put(draft, { path: "a", sha256: sha256("other") }, "content"));
    expect(response).toMatchObject({ statusCode: 400, detail: expect.stringContaining("SHA-256") });
    expect((await get(draft)).json()).toMatchObject({ fileCount: 0 });
    expect(await readdir(join(folder, "tmp"))).toEqual([]);
  });

  test.each(["latest", "7"])("a tag that is named %s", async (tag) => {
    await push({ a: "a" });
    const address = `${url}/tags/${tag}`;
    const request = { method: "PUT", url: address, token, payload: { version: 1 } } as const;
    expect((await server.call(request)).statusCode).toBe(400);
  });
});

test("a large file is kept in constant memory", async () => {
  const draft = await begin();
  const megabyte = Buffer.alloc(1024 * 1024, 7);
  const address = `${await server.app.listen({ host: "127.0.0.1", port: 0 })}${draft}/file?path=big`;
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  async function* chunks() {
    for (let at = 0; at < 300; at += 1) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      yield megabyte;
    }
  }
  const response = await fetch(address, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
    body: Readable.toWeb(Readable.from(chunks())) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  expect(await response.json()).toMatchObject({ path: "big", sizeBytes: 300 * 1024 * 1024 });
  expect(most).toBeLessThan(120 * 1024 * 1024);
});
