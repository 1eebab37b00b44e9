import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { PlatformError } from "@tessera/contracts/errors";
import type { PutOptions } from "./blob-store.ts";
import { checkedDigest } from "./digest.ts";

export interface Measure {
  /** The content; throws before its end if it is too large or not what was expected. */
  readonly chunks: AsyncGenerator<Buffer, void, undefined>;
  /** To be read once the chunks have ended. */
  readonly result: () => { readonly sha256: string; readonly size: number };
}

/** Hashes and counts a stream while it is read. The source is not destroyed, whatever happens. */
export function measure(source: Readable, options: PutOptions = {}): Measure {
  const { expectedSha256, maxBytes = Number.MAX_SAFE_INTEGER } = options;
  if (expectedSha256 !== undefined) checkedDigest(expectedSha256);
  const hash = createHash("sha256");
  let size = 0;
  let sha256 = "";
  async function* read(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of bytesOf(source)) {
      size += chunk.length;
      if (size > maxBytes) {
        const words = `The content is larger than the ${maxBytes} bytes that are allowed`;
        throw new PlatformError("too_large", words);
      }
      hash.update(chunk);
      yield chunk;
    }
    sha256 = hash.digest("hex");
    if (expectedSha256 !== undefined && expectedSha256 !== sha256) {
      throw new PlatformError(
        "invalid_argument",
        `The content's SHA-256 is ${sha256}, not the expected ${expectedSha256}`,
      );
    }
  }
  return { chunks: read(), result: () => ({ sha256, size }) };
}

/** A stream's chunks; leaving early leaves the stream as it is, so that a server can still answer. */
async function* bytesOf(source: Readable): AsyncGenerator<Buffer, void, undefined> {
  const iterator = source.iterator({ destroyOnReturn: false });
  for await (const chunk of iterator as AsyncIterable<unknown>) {
    if (typeof chunk === "string") yield Buffer.from(chunk);
    else if (chunk instanceof Uint8Array)
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    else throw new PlatformError("internal", "A blob's source must be a stream of bytes");
  }
}
