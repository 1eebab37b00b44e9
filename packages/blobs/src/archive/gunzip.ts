import { once } from "node:events";
import type { Readable } from "node:stream";
import { createGunzip, type Gunzip } from "node:zlib";
import { PlatformError } from "@tessera/contracts/errors";
import { archiveFault } from "./archive-error.ts";

export interface GunzipLimits {
  readonly maxBytes: number;
  /** How many times larger than the packed bytes the unpacked may be. */
  readonly maxRatio: number;
}

// Below this, small files of zeros may well shrink more than any ratio.
const ratioFromBytes = 16 * 2 ** 20;

/** Unpacks a stream within limits. The source is not destroyed, whatever happens. */
export async function* gunzip(
  source: Readable,
  { maxBytes, maxRatio }: GunzipLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const unpacker = createGunzip();
  const leaving = new AbortController();
  let packed = 0;
  let unpacked = 0;
  const feeding = feed(source, unpacker, {
    signal: leaving.signal,
    count: (bytes) => {
      packed += bytes;
    },
  });
  feeding.catch((error: unknown) => unpacker.destroy(error as Error));
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > maxBytes) {
        const words = `The archive unpacks to more than the ${maxBytes} bytes that are allowed`;
        throw new PlatformError("too_large", words);
      }
      if (unpacked > ratioFromBytes && unpacked > packed * maxRatio) {
        const words = `The archive unpacks to more than ${maxRatio} times its size`;
        throw new PlatformError("too_large", words);
      }
      yield chunk;
    }
  } catch (error) {
    throw zlibFault(error, packed) ?? error;
  } finally {
    leaving.abort();
    unpacker.destroy();
  }
}

interface Feeding {
  readonly signal: AbortSignal;
  readonly count: (bytes: number) => void;
}

async function feed(source: Readable, unpacker: Gunzip, { signal, count }: Feeding): Promise<void> {
  const chunks = source.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    if (signal.aborted) return;
    count(chunk.length);
    if (!unpacker.write(chunk)) await once(unpacker, "drain", { signal });
  }
  unpacker.end();
}

function zlibFault(error: unknown, packed: number): PlatformError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR")
    return archiveFault(packed === 0 ? "is empty" : "is cut short", error);
  if (!code.startsWith("Z_")) return undefined;
  return archiveFault(`is not gzip, or is damaged: ${(error as Error).message}`, error);
}
