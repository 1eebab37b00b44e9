import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { PlatformError } from "@tessera/contracts/errors";

export interface S3Settings {
  readonly bucket: string;
  /** What all keys begin with, so that a bucket can be shared; "" for none. */
  readonly prefix?: string;
  readonly region?: string;
  /** The server's address, for any S3 that is not AWS's. */
  readonly endpoint?: string | undefined;
  /** AWS's own sources (environment, profile, instance role) are asked without them. */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
  /** Whether the bucket's name is in the path, not in the host; what most servers but AWS need. */
  readonly pathStyle?: boolean;
  /** What is sent at once, and held in memory a few times; a blob has 10,000 such parts at most. */
  readonly partBytes?: number;
  /** The largest object that can be copied at once; more is copied in parts of this size. */
  readonly copyBytes?: number;
  /** Unfinished uploads of killed processes that are older than this are removed at the start. */
  readonly leftoverMs?: number;
}

/** Where the blobs are: a client and its bucket. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
  readonly partBytes: number;
  readonly copyBytes: number;
}

const mebi = 2 ** 20;

export function bucketOf(settings: S3Settings): Bucket {
  const { region = "us-east-1", endpoint, credentials, pathStyle = true } = settings;
  return {
    client: new S3Client({
      region,
      forcePathStyle: pathStyle,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
      requestHandler: { connectionTimeout: 5_000 },
      // The newer default adds trailing checksums, which many servers do not know; the digest guards.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    }),
    name: settings.bucket,
    prefix: settings.prefix ?? "",
    partBytes: settings.partBytes ?? 8 * mebi,
    copyBytes: settings.copyBytes ?? 4096 * mebi,
  };
}

const refusals = new Set([401, 403]);

// An answer to a HEAD has no body, and so only a status.
function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && !(error instanceof Error && error.name === "NoSuchBucket");
}

/** Talks to S3, and says in words what went wrong with it. */
export async function translated<Result>(
  bucket: Bucket,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof PlatformError ? cause : s3Fault(bucket, cause);
  }
}

function s3Fault({ name }: Bucket, cause: unknown): PlatformError {
  const kind = cause instanceof Error ? cause.name : "";
  if (kind === "NoSuchBucket") {
    return new PlatformError("unavailable", `The S3 bucket ${name} does not exist`, { cause });
  }
  if (refusals.has(statusOf(cause) ?? 0)) {
    return new PlatformError("unavailable", `S3 refuses the access to the bucket ${name}`, {
      cause,
    });
  }
  if (kind === "QuotaExceeded" || kind === "XMinioStorageFull") {
    return new PlatformError("disk_full", `The S3 bucket ${name} is full`, { cause });
  }
  const reason = cause instanceof S3ServiceException ? `answered ${kind}` : "cannot be reached";
  return new PlatformError("unavailable", `The S3 of the bucket ${name} ${reason}`, { cause });
}
