import { archiveFault } from "./archive-error.ts";

/** The size of a tar's unit: of a header, and what contents are padded to. */
export const blockBytes = 512;

export interface TarHeader {
  readonly name: Buffer;
  readonly mode: number;
  readonly size: number;
  /** One character; "0" for a file. */
  readonly type: string;
  readonly link: Buffer;
}

/** Whether a block is all zeros, as those that end an archive are. */
export function isZero(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** Reads a header of POSIX ustar, pax, GNU or the older tar (pax(1), "ustar Interchange Format"). */
export function parseHeader(block: Buffer): TarHeader {
  if (sumOf(block) !== numberAt(block, 148, 8)) {
    throw archiveFault("is not a tar, or is damaged: a header's checksum is wrong");
  }
  const type = String.fromCharCode(block[156] ?? 0);
  const name = textAt(block, 0, 100);
  // GNU's variant keeps other things where POSIX keeps the beginning of a long path.
  const isPosix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? textAt(block, 345, 155) : Buffer.alloc(0);
  return {
    name: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from("/"), name]) : name,
    mode: numberAt(block, 100, 8),
    size: numberAt(block, 124, 12),
    type: type === "\0" ? "0" : type,
    link: textAt(block, 157, 100),
  };
}

function textAt(block: Buffer, start: number, length: number): Buffer {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end === -1 ? field : field.subarray(0, end));
}

/** A number in octal, or in GNU's base 256 if the first bit is set. */
function numberAt(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return largeNumber(field);
  const text = field.toString("latin1").replace(/\0.*$/s, "").trim();
  if (!/^[0-7]*$/.test(text))
    throw archiveFault("is not a tar, or is damaged: a header has a bad number");
  return text === "" ? 0 : Number.parseInt(text, 8);
}

function largeNumber(field: Buffer): number {
  let value = (field[0] ?? 0) & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  if (!Number.isSafeInteger(value))
    throw archiveFault("is not a tar, or is damaged: a header has a bad number");
  return value;
}

/** The sum of a header's bytes, those of the sum itself counted as spaces. */
function sumOf(block: Buffer): number {
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

/** The records of a pax header, `length key=value\n` each (pax(1), "pax Extended Header"). */
export function parsePax(content: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const digits = content.toString("latin1", at, space === -1 ? at : space);
    const length = /^[1-9][0-9]{0,7}$/.test(digits) ? Number(digits) : 0;
    const equals = content.indexOf(0x3d, space);
    const end = at + length;
    const isWhole = end <= content.length && content[end - 1] === 0x0a;
    if (!isWhole || equals <= space || equals >= end) {
      throw archiveFault("is damaged: an extended header cannot be read");
    }
    records.set(content.toString("utf8", space + 1, equals), content.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
