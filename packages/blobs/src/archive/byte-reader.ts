import { archiveFault } from "./archive-error.ts";

const nothing = Buffer.alloc(0);

/** Takes exact numbers of bytes from a stream of chunks, without holding more than one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = nothing;
  #fault: Error | undefined;

  constructor(chunks: AsyncIterator<Buffer>) {
    this.#chunks = chunks;
  }

  /** The next bytes, at least 1 and at most `most`; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#chunk.length === 0) {
      const next = await this.#next();
      if (!next) return null;
      this.#chunk = next;
    }
    const taken = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(taken.length);
    return taken;
  }

  /** The next chunk; what failed once fails again, also for a reader who missed it. */
  async #next(): Promise<Buffer | null> {
    if (this.#fault) throw this.#fault;
    try {
      const { value, done } = await this.#chunks.next();
      return done ? null : value;
    } catch (error) {
      this.#fault = error as Error;
      throw error;
    }
  }

  /** The next bytes, all of them; null when the stream has ended before the first. */
  async exactly(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (!part && missing === count) return null;
      if (!part) throw archiveFault("is cut short");
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? (parts[0] ?? nothing) : Buffer.concat(parts);
  }

  async skip(count: number): Promise<void> {
    for (let missing = count; missing > 0;) {
      const part = await this.some(missing);
      if (!part) throw archiveFault("is cut short");
      missing -= part.length;
    }
  }
}
