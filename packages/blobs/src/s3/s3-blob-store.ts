import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type _Object,
} from "@aws-sdk/client-s3";
import { PlatformError } from "@tessera/contracts/errors";
import type { BlobInfo, BlobStore, ByteRange } from "../blob-store.ts";
import { blobNotFound, checkedDigest, checkedRange, isDigest } from "../digest.ts";
import { type Bucket, bucketOf, isMissing, type S3Settings, translated } from "./s3-client.ts";
import { blobKey, blobPrefix, infoOf, unfinishedPrefix } from "./s3-keys.ts";
import { putBlob } from "./s3-put.ts";

const leftoverMs = 24 * 60 * 60_000;

/** Opens a blob store in an existing bucket of any S3; rejects with words if it cannot be used. */
export async function openS3BlobStore(settings: S3Settings): Promise<BlobStore> {
  const bucket = bucketOf(settings);
  await checkBucket(bucket);
  await sweep(bucket, Date.now() - (settings.leftoverMs ?? leftoverMs));
  return {
    put: (source, options) => putBlob(bucket, source, options),
    open: (sha256, range) => openBlob(bucket, sha256, range),
    stat: (sha256) => infoOf(bucket, sha256),
    delete: (sha256) => deleteKey(bucket, blobKey(bucket, sha256)),
    list: (after) => listBlobs(bucket, after),
  };
}

async function checkBucket(bucket: Bucket): Promise<void> {
  await translated(bucket, async () => {
    try {
      await bucket.client.send(new HeadBucketCommand({ Bucket: bucket.name }));
    } catch (error) {
      if (!isMissing(error)) throw error;
      const words = `The S3 bucket ${bucket.name} does not exist`;
      throw new PlatformError("unavailable", words, { cause: error });
    }
  });
}

async function openBlob(bucket: Bucket, sha256: string, range?: ByteRange): Promise<Readable> {
  const info = await infoOf(bucket, sha256);
  if (!info) throw blobNotFound(sha256);
  const { start, end } = checkedRange(range, info.size);
  // S3 knows no empty range.
  if (start === end) return Readable.from([]);
  return translated(bucket, async () => {
    try {
      const { Body } = await bucket.client.send(
        new GetObjectCommand({
          Bucket: bucket.name,
          Key: blobKey(bucket, sha256),
          Range: `bytes=${start}-${end - 1}`,
        }),
      );
      if (Body instanceof Readable) return Body;
    } catch (error) {
      // It may have been deleted since it was looked at.
      throw isMissing(error) ? blobNotFound(sha256) : error;
    }
    throw new PlatformError("internal", "S3 answered without a body");
  });
}

async function deleteKey(bucket: Bucket, Key: string): Promise<void> {
  await translated(bucket, () =>
    bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key })),
  );
}

async function* listBlobs(bucket: Bucket, after = ""): AsyncGenerator<BlobInfo, void, undefined> {
  if (after !== "") checkedDigest(after);
  const prefix = blobPrefix(bucket);
  for await (const { Key = "", Size = 0, LastModified } of objectsUnder(bucket, prefix, after)) {
    const sha256 = Key.slice(prefix.length);
    if (!isDigest(sha256)) continue;
    yield { sha256, size: Size, storedAt: LastModified ?? new Date(0) };
  }
}

async function* objectsUnder(
  bucket: Bucket,
  prefix: string,
  after = "",
): AsyncGenerator<_Object, void, undefined> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket.name,
      Prefix: prefix,
      ...(after !== "" && { StartAfter: prefix + after }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
    });
    const page = await translated(bucket, () => bucket.client.send(command));
    yield* page.Contents ?? [];
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
}

/** Removes what killed processes left: unfinished objects, and parts of uploads never completed. */
async function sweep(bucket: Bucket, olderThan: number): Promise<void> {
  for await (const { Key, LastModified } of objectsUnder(bucket, unfinishedPrefix(bucket))) {
    if (Key && LastModified && LastModified.getTime() < olderThan) await deleteKey(bucket, Key);
  }
  for (const prefix of [blobPrefix(bucket), unfinishedPrefix(bucket)]) {
    await sweepParts(bucket, prefix, olderThan).catch((error: unknown) => {
      // Some servers cannot list them; a lifecycle rule of the bucket does the same.
      if (!(error instanceof Error && error.name === "NotImplemented")) throw error;
    });
  }
}

async function sweepParts(bucket: Bucket, Prefix: string, olderThan: number): Promise<void> {
  const { Uploads = [] } = await bucket.client.send(
    new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix }),
  );
  for (const { Key, UploadId, Initiated } of Uploads) {
    if (!Key || !Initiated || Initiated.getTime() >= olderThan) continue;
    const command = new AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId });
    await bucket.client.send(command);
  }
}
