import { createHash } from "node:crypto";
import { Readable } from "node:stream";

const chunkBytes = 64 * 1024;

/** Bytes that depend on a seed and their position alone, so that any part can be made again. */
function chunkAt(seed: number, index: number): Buffer {
  const block = createHash("sha512").update(`${seed}/${index}`).digest();
  return Buffer.alloc(chunkBytes, block);
}

function* chunks(seed: number, size: number): Generator<Buffer, void, undefined> {
  for (let index = 0; index * chunkBytes < size; index += 1) {
    yield chunkAt(seed, index).subarray(0, Math.min(chunkBytes, size - index * chunkBytes));
  }
}

/** A stream of `size` bytes, which then ends or fails. */
export function content(seed: number, size: number, fault?: Error): Readable {
  function* all(): Generator<Buffer, void, undefined> {
    yield* chunks(seed, size);
    if (fault) throw fault;
  }
  return Readable.from(all());
}

export function digestOf(seed: number, size: number): string {
  const hash = createHash("sha256");
  for (const chunk of chunks(seed, size)) hash.update(chunk);
  return hash.digest("hex");
}

/** The bytes of the same content from `start` up to `end`. */
export function bytesAt(seed: number, { start, end }: { start: number; end: number }): Buffer {
  const first = Math.floor(start / chunkBytes);
  const parts: Buffer[] = [];
  for (let index = first; index * chunkBytes < end; index += 1) parts.push(chunkAt(seed, index));
  const from = first * chunkBytes;
  return Buffer.concat(parts).subarray(start - from, end - from);
}

export interface Trickle {
  readonly source: Readable;
  /** Resolves when all but the last byte has been taken. */
  readonly almostAll: Promise<void>;
  finish(): void;
}

/** The same content, whose last byte waits for `finish`. */
export function trickle(seed: number, size: number): Trickle {
  let finish = (): void => {};
  let taken = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const almostAll = new Promise<void>((resolve) => {
    taken = resolve;
  });
  async function* all(): AsyncGenerator<Buffer, void, undefined> {
    const whole = bytesAt(seed, { start: 0, end: size });
    yield whole.subarray(0, size - 1);
    taken();
    await finished;
    yield whole.subarray(size - 1);
  }
  return { source: Readable.from(all(), { highWaterMark: 1 }), almostAll, finish };
}
