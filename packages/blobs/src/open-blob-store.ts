import type { BlobStore } from "./blob-store.ts";
import { openFsBlobStore } from "./fs/fs-blob-store.ts";

interface S3Environment {
  readonly S3_BUCKET?: string | undefined;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
}

/** Where a platform keeps content: a bucket when one is named, else a folder. */
export async function openBlobStore(options: {
  readonly folder: string;
  readonly env: S3Environment;
}): Promise<BlobStore> {
  const { folder, env } = options;
  if (env.S3_BUCKET === undefined) return openFsBlobStore(folder);
  // Loaded where it is used alone: the SDK costs about 20 MB of memory.
  const { openS3BlobStore } = await import("./s3/s3-blob-store.ts");
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return openS3BlobStore({
    bucket: env.S3_BUCKET,
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    // AWS tells buckets apart by host, nearly everybody else by path.
    pathStyle: env.S3_ENDPOINT !== undefined,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey },
  });
}
