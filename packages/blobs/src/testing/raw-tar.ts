import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";

export interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly type?: string;
  readonly mode?: number;
  readonly link?: string;
  /** What the header says, if that is not the content's size. */
  readonly size?: number;
  readonly prefix?: string;
  readonly magic?: string;
}

const blockBytes = 512;
/** The two blocks of zeros that end a tar. */
export const endMark = Buffer.alloc(2 * blockBytes);

/** One entry of a tar, byte by byte as told, so that it can be as wrong as is wanted. */
export function rawEntry(entry: RawEntry): Buffer {
  const content = Buffer.from(entry.content ?? "");
  const block = Buffer.alloc(blockBytes);
  Buffer.from(entry.name).copy(block, 0, 0, 100);
  block.write(octal(entry.mode ?? 0o644, 8), 100);
  block.write(octal(0, 8) + octal(0, 8), 108);
  block.write(octal(entry.size ?? content.length, 12) + octal(0, 12), 124);
  block.write(entry.type ?? "0", 156);
  block.write(entry.link ?? "", 157);
  block.write(entry.magic ?? "ustar\u000000", 257);
  block.write(entry.prefix ?? "", 345);
  return Buffer.concat([summed(block), padded(content)]);
}

/** A header with its checksum made right. */
export function summed(block: Buffer): Buffer {
  block.write("        ", 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, "0")}\0`;
}

function padded(content: Buffer): Buffer {
  const padding = (blockBytes - (content.length % blockBytes)) % blockBytes;
  return Buffer.concat([content, Buffer.alloc(padding)]);
}

/** A pax header with these records, for the entry after it. */
export function paxEntry(records: Record<string, string | Buffer>, type = "x"): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from("\n")]);
    let length = rest.length;
    while (`${length}`.length + rest.length !== length) length = `${length}`.length + rest.length;
    return Buffer.concat([Buffer.from(`${length}`), rest]);
  });
  return rawEntry({ name: "pax", type, content: Buffer.concat(lines) });
}

/** A whole archive, as a stream of chunks of the given size. */
export function tarGz(entries: readonly Buffer[], chunkBytes = 1_000): Readable {
  return inChunks(gzipSync(Buffer.concat([...entries, endMark])), chunkBytes);
}

export function inChunks(bytes: Buffer, chunkBytes = 1_000): Readable {
  function* chunks(): Generator<Buffer, void, undefined> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return Readable.from(chunks());
}
