import type { Readable } from "node:stream";

export interface PutOptions {
  /** What the content must hash to; given, a large upload to S3 needs no copy. */
  readonly expectedSha256?: string | undefined;
  readonly maxBytes?: number | undefined;
}

export interface PutResult {
  /** SHA-256 of the content, 64 lower-case hex characters: the blob's only name. */
  readonly sha256: string;
  readonly size: number;
  /** Whether the store had this content before. */
  readonly existed: boolean;
}

/** Bytes from `start` up to, and not including, `end`. */
export interface ByteRange {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

export interface BlobInfo {
  readonly sha256: string;
  readonly size: number;
  /** When the content was last put, which `put` of known content renews. */
  readonly storedAt: Date;
}

/**
 * Content by its SHA-256, of any size, streamed in constant memory. Nothing is visible before it is
 * whole and durable, and what fails or is killed half-way leaves nothing behind.
 *
 * Errors are PlatformErrors: invalid_argument (a bad digest or range, content that does not hash to
 * what was expected), not_found, too_large, disk_full, unavailable. What the source of a `put`
 * throws is passed on as it is, and its unread rest is left to the caller.
 */
export interface BlobStore {
  put(source: Readable, options?: PutOptions): Promise<PutResult>;
  /** Rejects with not_found at once, not in the stream. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  stat(sha256: string): Promise<BlobInfo | null>;
  /** Deleting what is not there is no error. */
  delete(sha256: string): Promise<void>;
  /** All blobs in the order of their digests, from the first after `after`. */
  list(after?: string): AsyncIterable<BlobInfo>;
}
