import { buffer } from "node:stream/consumers";
import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { rawEntry, tarGz } from "@tessera/blobs/testing/raw-tar";
import type { Snapshot, SnapshotFile } from "@tessera/contracts/code";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let token: string;
let url: string;
/** After how many more blobs there is no room; and how many are being written. */
let room = Number.POSITIVE_INFINITY;
let writing = 0;
let mostWriting = 0;

beforeAll(async () => {
  const blobs = createMemoryBlobStore();
  server = await startTestServer({
    blobs: {
      ...blobs,
      put: async (source, options) => {
        mostWriting = Math.max(mostWriting, ++writing);
        try {
          if (room-- <= 0) throw new PlatformError("disk_full", "The disk is full");
          await new Promise(setImmediate);
          return await blobs.put(source, options);
        } finally {
          writing--;
        }
      },
    },
  });
  const owner = await server.createPerson({ name: "Ada" });
  token = await server.tokenOf(owner);
  url = `/api/v1/projects/${(await server.createProject([[owner, "owner"]])).slug}/snapshots`;
});

beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
  mostWriting = 0;
});

afterAll(async () => server?.close());

async function upload(contents: Readonly<Record<string, string>>) {
  const entries = Object.entries(contents).map(([name, content]) => rawEntry({ name, content }));
  const payload = await buffer(tarGz(entries, 10_000));
  return server.call({ method: "POST", url, token, payload });
}

/** Many small files, and some that are too large to be held in memory. */
const contents = Object.fromEntries(
  Array.from({ length: 120 }, (_, index) => [
    `src/${index}.py`,
    `${index} `.repeat(index % 40 === 7 ? 60_000 : index),
  ]),
);

describe("an upload of many files", () => {
  test("keeps each as it is, and writes several at once", async () => {
    const response = await upload(contents);
    expect(response.statusCode).toBe(201);
    const { id, fileCount } = response.json<Snapshot>();
    expect(fileCount).toBe(120);
    expect(mostWriting).toBeGreaterThan(4);
    expect(mostWriting).toBeLessThanOrEqual(17);
    const list = await server.call({ url: `${url}/${id}/files`, token });
    const { items } = list.json<{ items: SnapshotFile[] }>();
    expect(Object.fromEntries(items.map((file) => [file.path, file.sha256]))).toEqual(
      Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, sha256(text)])),
    );
    const file = await server.call({ url: `${url}/${id}/file?path=src/47.py`, token });
    expect(file.body).toBe(contents["src/47.py"]);
  });

  test.each([0, 3, 60, 119])("for which there is room for %i is refused whole", async (count) => {
    const before = await server.platform.db.prisma.snapshot.count();
    room = count;
    const response = await upload({ ...contents, marker: String(count) });
    expect(response.statusCode).toBe(507);
    expect(response.json()).toMatchObject({ code: "disk_full", detail: "The disk is full" });
    expect(await server.platform.db.prisma.snapshot.count()).toBe(before);
    expect(writing).toBe(0);
  });
});
