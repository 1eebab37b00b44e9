const MAX_VARINT = 10;

/** A buffer that grows, with the encodings that the store's formats are made of. */
export class ByteWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafe(Math.max(capacity, 64));
  }

  get length(): number {
    return this.#length;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + size));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  /** An integer from 0 to 2^53 in 7-bit groups, low ones first. */
  varint(value: number): void {
    this.#reserve(MAX_VARINT);
    let rest = value;
    while (rest >= 128) {
      this.#buffer[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length++] = rest;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#buffer.writeDoubleLE(value, this.#length);
    this.#length += 8;
  }

  float32(value: number): void {
    this.#reserve(4);
    this.#buffer.writeFloatLE(value, this.#length);
    this.#length += 4;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.varint(size);
    this.#reserve(size);
    this.#length += this.#buffer.write(value, this.#length, "utf8");
  }

  /** What was written; the writer must not be used afterwards. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

export class ByteReader {
  readonly #buffer: Buffer;
  offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.#buffer = buffer;
    this.offset = offset;
  }

  get done(): boolean {
    return this.offset >= this.#buffer.length;
  }

  byte(): number {
    return this.#buffer.readUInt8(this.offset++);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  float64(): number {
    const value = this.#buffer.readDoubleLE(this.offset);
    this.offset += 8;
    return value;
  }

  float32(): number {
    const value = this.#buffer.readFloatLE(this.offset);
    this.offset += 4;
    return value;
  }

  bytes(size: number): Buffer {
    const value = this.#buffer.subarray(this.offset, this.offset + size);
    this.offset += size;
    return value;
  }

  text(): string {
    return this.bytes(this.varint()).toString("utf8");
  }
}

/** Largest difference of two integers that is zigzag-coded; past it doubles would lose bits. */
export const LARGEST_DELTA = 2 ** 51;

/** Signed to unsigned, small staying small: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
