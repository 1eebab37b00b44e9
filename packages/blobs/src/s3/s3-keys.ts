import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { BlobInfo } from "../blob-store.ts";
import { checkedDigest } from "../digest.ts";
import { type Bucket, isMissing, translated } from "./s3-client.ts";

/** What the keys of all blobs begin with. */
export function blobPrefix(bucket: Bucket): string {
  return `${bucket.prefix}blobs/`;
}

export function blobKey(bucket: Bucket, sha256: string): string {
  return blobPrefix(bucket) + checkedDigest(sha256);
}

/** What the keys of uploads whose digest is not yet known begin with. */
export function unfinishedPrefix(bucket: Bucket): string {
  return `${bucket.prefix}unfinished/`;
}

export function unfinishedKey(bucket: Bucket, id: string): string {
  return unfinishedPrefix(bucket) + id;
}

export async function infoOf(bucket: Bucket, sha256: string): Promise<BlobInfo | null> {
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key: blobKey(bucket, sha256) });
  return translated(bucket, async () => {
    try {
      const { ContentLength = 0, LastModified = new Date(0) } = await bucket.client.send(command);
      return { sha256, size: ContentLength, storedAt: LastModified };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  });
}
