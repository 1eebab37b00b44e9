import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { content, digestOf, trickle } from "../testing/content.ts";
import { type S3Server, startS3Server } from "../testing/s3-server.ts";
import { openS3BlobStore } from "./s3-blob-store.ts";
import type { S3Settings } from "./s3-client.ts";

const mebi = 2 ** 20;

function clientOf({ endpoint = "", credentials }: S3Settings): S3Client {
  return new S3Client({
    endpoint,
    forcePathStyle: true,
    region: "us-east-1",
    ...(credentials && { credentials }),
  });
}

describe("a bucket as a blob store", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.close());

  it("says what is wrong with its settings when it is opened", async () => {
    const settings = await server.bucket();
    await expect(openS3BlobStore({ ...settings, bucket: "nowhere" })).rejects.toMatchObject({
      code: "unavailable",
      message: "The S3 bucket nowhere does not exist",
    });
    const credentials = { accessKeyId: "tests", secretAccessKey: "wrong" };
    await expect(openS3BlobStore({ ...settings, credentials })).rejects.toMatchObject({
      code: "unavailable",
      message: "S3 refuses the access to the bucket bucket-1",
    });
    await expect(
      openS3BlobStore({ ...settings, endpoint: "http://127.0.0.1:1" }),
    ).rejects.toMatchObject({
      code: "unavailable",
      message: "The S3 of the bucket bucket-1 cannot be reached",
    });
  });

  it("sweeps its own old unfinished objects, and nothing else", async () => {
    const settings = await server.bucket();
    const client = clientOf(settings);
    for (const Key of ["t/unfinished/left", "t/other", "unfinished/of-another"]) {
      await client.send(new PutObjectCommand({ Bucket: settings.bucket, Key, Body: "x" }));
    }
    const store = await openS3BlobStore({ ...settings, prefix: "t/" });
    await store.put(content(1, 10));
    const all = ["t/other", "t/unfinished/left", "unfinished/of-another"];
    const left = async (): Promise<string[]> =>
      (await server.leftovers({ ...settings, prefix: "t/" })).toSorted();
    expect(await left()).toEqual(all);
    await expect
      .poll(async () => {
        await openS3BlobStore({ ...settings, prefix: "t/", leftoverMs: 1 });
        return left();
      })
      .toEqual(["t/other", "unfinished/of-another"]);
    expect(await store.stat(digestOf(1, 10))).toMatchObject({ size: 10 });
  });

  it("takes no more than fits in its parts", async () => {
    const settings = { ...(await server.bucket()), partBytes: 5 };
    const store = await openS3BlobStore(settings);
    await expect(store.put(content(2, 50_001))).rejects.toMatchObject({
      code: "too_large",
      message: "The content is larger than the 50000 bytes that are allowed",
    });
  });

  it("holds only a few parts of a large blob in memory", async () => {
    const store = await openS3BlobStore(await server.bucket());
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 20);
    const size = 200_000_000;
    const expectedSha256 = digestOf(3, size);
    const { sha256 } = await store.put(content(3, size), { expectedSha256 });
    let read = 0;
    for await (const chunk of await store.open(sha256)) read += (chunk as Buffer).length;
    clearInterval(watch);
    expect(read).toBe(size);

    expect(most).toBeLessThan(170_000_000);
  });

  it("says that S3 is away, at once and in the middle of an upload", async () => {
    const away = await startS3Server();
    try {
      const settings = { ...(await away.bucket()), partBytes: 5 * mebi };
      const store = await openS3BlobStore(settings);
      const slow = trickle(4, 7 * mebi);
      const put = store.put(slow.source);
      put.catch(() => {});
      await slow.almostAll;
      await away.stop();
      slow.finish();
      const unavailable = { code: "unavailable", message: /cannot be reached$/ };
      await expect(put).rejects.toMatchObject({
        ...unavailable,
        message: expect.stringMatching(unavailable.message),
      });
      await expect(store.stat(digestOf(4, 7 * mebi))).rejects.toMatchObject({
        code: "unavailable",
      });
      await expect(store.open(digestOf(4, 7 * mebi))).rejects.toMatchObject({
        code: "unavailable",
      });
      await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: "unavailable",
      });
    } finally {
      await away.close();
    }
  });
});
