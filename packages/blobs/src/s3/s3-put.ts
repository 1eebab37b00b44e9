import { Readable } from "node:stream";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { newId } from "@tessera/kit/ids";
import type { PutOptions, PutResult } from "../blob-store.ts";
import { measure, type Measure } from "../measure.ts";
import { type Bucket, translated } from "./s3-client.ts";
import { copyObject } from "./s3-copy.ts";
import { blobKey, infoOf, unfinishedKey } from "./s3-keys.ts";

// Parts that wait to be sent are held in memory, this many at once.
const partsAtOnce = 3;
const maxParts = 10_000;

/**
 * Content up to one part is hashed in memory and put under its digest. More is sent in parts: under
 * the digest if it was announced, since the upload becomes visible only once the hash was seen to be
 * right; else under an unfinished key, to be copied within the server when the hash is known.
 */
export async function putBlob(
  bucket: Bucket,
  source: Readable,
  options: PutOptions = {},
): Promise<PutResult> {
  const most = bucket.partBytes * maxParts;
  const maxBytes = Math.min(options.maxBytes ?? most, most);
  const measured = measure(source, { ...options, maxBytes });
  const head = await readUpTo(measured.chunks, bucket.partBytes);
  if (head.ended) return putSmall(bucket, Buffer.concat(head.chunks), measured);
  const body = [head.chunks, measured.chunks] as const;
  if (options.expectedSha256 === undefined) return putUnannounced(bucket, body, measured);
  const existed = (await infoOf(bucket, options.expectedSha256)) !== null;
  await upload(bucket, blobKey(bucket, options.expectedSha256), body);
  return { ...measured.result(), existed };
}

async function putSmall(bucket: Bucket, content: Buffer, measured: Measure): Promise<PutResult> {
  const { sha256, size } = measured.result();
  const existed = (await infoOf(bucket, sha256)) !== null;
  const Key = blobKey(bucket, sha256);
  await translated(bucket, () =>
    bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body: content })),
  );
  return { sha256, size, existed };
}

async function putUnannounced(bucket: Bucket, body: Body, measured: Measure): Promise<PutResult> {
  const from = unfinishedKey(bucket, newId());
  await upload(bucket, from, body);
  try {
    const { sha256, size } = measured.result();
    const existed = (await infoOf(bucket, sha256)) !== null;
    const to = blobKey(bucket, sha256);
    await translated(bucket, () => copyObject(bucket, { from, to, size }));
    return { sha256, size, existed };
  } finally {
    // What cannot be deleted now is swept later.
    const command = new DeleteObjectCommand({ Bucket: bucket.name, Key: from });
    await bucket.client.send(command).catch(() => {});
  }
}

type Body = readonly [head: readonly Buffer[], rest: AsyncGenerator<Buffer, void, undefined>];

/** Sends content in parts. Whatever it throws before its end, nothing becomes visible. */
async function upload(bucket: Bucket, Key: string, [head, rest]: Body): Promise<void> {
  let fault: unknown;
  async function* content(): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* head;
      yield* rest;
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  const task = new Upload({
    client: bucket.client,
    params: { Bucket: bucket.name, Key, Body: Readable.from(content()) },
    partSize: bucket.partBytes,
    queueSize: partsAtOnce,
  });
  try {
    await translated(bucket, () => task.done());
  } catch (error) {
    throw fault ?? error;
  }
}

interface Head {
  readonly chunks: Buffer[];
  readonly ended: boolean;
}

/** Reads chunks until there is more than a limit, or no more. */
async function readUpTo(
  source: AsyncGenerator<Buffer, void, undefined>,
  limit: number,
): Promise<Head> {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= limit;) {
    const next = await source.next();
    if (next.done) return { chunks, ended: true };
    chunks.push(next.value);
    size += next.value.length;
  }
  return { chunks, ended: false };
}
