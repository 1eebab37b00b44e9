import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import type { Bucket } from "./s3-client.ts";

export interface Copy {
  readonly from: string;
  readonly to: string;
  readonly size: number;
}

/** Copies one object of a bucket to another key, within the server. */
export async function copyObject(bucket: Bucket, { from, to, size }: Copy): Promise<void> {
  const source = `${bucket.name}/${from.split("/").map(encodeURIComponent).join("/")}`;
  if (size > bucket.copyBytes) return copyInParts(bucket, { from: source, to, size });
  await bucket.client.send(
    new CopyObjectCommand({ Bucket: bucket.name, Key: to, CopySource: source }),
  );
}

async function copyInParts(bucket: Bucket, copy: Copy): Promise<void> {
  const target = { Bucket: bucket.name, Key: copy.to };
  const { UploadId } = await bucket.client.send(new CreateMultipartUploadCommand(target));
  try {
    const Parts: CompletedPart[] = [];
    for (let start = 0; start < copy.size; start += bucket.copyBytes) {
      const end = Math.min(start + bucket.copyBytes, copy.size) - 1;
      const PartNumber = Parts.length + 1;
      const { CopyPartResult } = await bucket.client.send(
        new UploadPartCopyCommand({
          ...target,
          UploadId,
          PartNumber,
          CopySource: copy.from,
          CopySourceRange: `bytes=${start}-${end}`,
        }),
      );
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    await bucket.client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
    );
  } catch (error) {
    const abort = new AbortMultipartUploadCommand({ ...target, UploadId });
    await bucket.client.send(abort).catch(() => {});
    throw error;
  }
}
