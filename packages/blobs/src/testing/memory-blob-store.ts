import { Readable } from "node:stream";
import type { BlobInfo, BlobStore } from "../blob-store.ts";
import { blobNotFound, checkedDigest, checkedRange } from "../digest.ts";
import { measure } from "../measure.ts";

interface Kept {
  readonly content: Buffer;
  readonly storedAt: Date;
}

/** A blob store in memory, for tests of what uses one. It passes the conformance suite. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Kept>();
  const infoOf = (sha256: string): BlobInfo | null => {
    const kept = blobs.get(checkedDigest(sha256));
    return kept ? { sha256, size: kept.content.length, storedAt: kept.storedAt } : null;
  };
  return {
    put: async (source, options) => {
      const measured = measure(source, options);
      const chunks: Buffer[] = [];
      for await (const chunk of measured.chunks) chunks.push(Buffer.from(chunk));
      const { sha256, size } = measured.result();
      const existed = blobs.has(sha256);
      blobs.set(sha256, { content: Buffer.concat(chunks), storedAt: new Date() });
      return { sha256, size, existed };
    },
    open: async (sha256, range) => {
      const kept = blobs.get(checkedDigest(sha256));
      if (!kept) throw blobNotFound(sha256);
      const { start, end } = checkedRange(range, kept.content.length);
      return Readable.from(start < end ? [kept.content.subarray(start, end)] : []);
    },
    stat: async (sha256) => infoOf(sha256),
    delete: async (sha256) => {
      blobs.delete(checkedDigest(sha256));
    },
    async *list(after = "") {
      if (after !== "") checkedDigest(after);
      for (const sha256 of [...blobs.keys()].toSorted()) {
        const info = sha256 > after ? infoOf(sha256) : null;
        if (info) yield info;
      }
    },
  };
}
