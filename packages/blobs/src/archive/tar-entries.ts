import { archiveFault, entryFault } from "./archive-error.ts";
import type { ByteReader } from "./byte-reader.ts";
import { blockBytes, isZero, parseHeader, parsePax, type TarHeader } from "./tar-header.ts";

export interface TarEntry {
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly mode: number;
  readonly size: number;
}

// Long names, times and attributes fit in this; what is larger would be held in memory.
const maxExtensionBytes = 2 ** 20;

const links: Readonly<Record<string, string>> = { "1": "hard link", "2": "symbolic link" };
const devices = new Set(["3", "4", "6"]);

/**
 * Reads the next entry's header, those that extend it included; null at the end of the archive,
 * which is read to its end. The caller has to read the entry's content next.
 */
export async function nextEntry(reader: ByteReader): Promise<TarEntry | null> {
  const extension = new Map<string, Buffer>();
  for (;;) {
    const block = await reader.exactly(blockBytes);
    if (!block) throw archiveFault("is cut short: it has no end mark");
    if (isZero(block)) return atEnd(reader, extension);
    const header = parseHeader(block);
    if (header.type === "x") merge(extension, parsePax(await extensionOf(reader, header)));
    else if (header.type === "g") refuseGlobalNames(parsePax(await extensionOf(reader, header)));
    else if (header.type === "L") extension.set("path", unended(await extensionOf(reader, header)));
    else if (header.type === "K") await extensionOf(reader, header);
    else return entryOf(header, extension);
  }
}

function merge(target: Map<string, Buffer>, from: ReadonlyMap<string, Buffer>): void {
  for (const [key, value] of from) target.set(key, value);
}

function unended(name: Buffer): Buffer {
  const end = name.indexOf(0);
  return end === -1 ? name : name.subarray(0, end);
}

/** Git, for one, writes a comment for the whole archive; names for all entries make no sense. */
function refuseGlobalNames(records: ReadonlyMap<string, Buffer>): void {
  for (const key of ["path", "linkpath", "size"]) {
    if (records.has(key)) throw archiveFault(`has a global header that sets the ${key} of all`);
  }
}

async function extensionOf(reader: ByteReader, { size }: TarHeader): Promise<Buffer> {
  if (size > maxExtensionBytes) throw archiveFault(`has an extended header of ${size} bytes`);
  const content = await reader.exactly(size);
  if (!content) throw archiveFault("is cut short");
  await reader.skip(paddingOf(size));
  return content;
}

/** How many bytes follow a content, so that the next header begins at a full block. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** The end is two blocks of zeros, and zeros to fill up. */
async function atEnd(reader: ByteReader, extension: ReadonlyMap<string, Buffer>): Promise<null> {
  if (extension.size > 0) throw archiveFault("is damaged: an extended header belongs to no entry");
  for (let block = await reader.some(65_536); block; block = await reader.some(65_536)) {
    if (!isZero(block)) throw archiveFault("has something after its end mark");
  }
  return null;
}

function entryOf(header: TarHeader, extension: ReadonlyMap<string, Buffer>): TarEntry {
  const name = decoded(extension.get("path") ?? header.name);
  refuseKinds(name, header, extension);
  const size = sizeOf(name, header, extension);
  // Tars from before POSIX mark a folder by its name alone.
  const isFolder = header.type === "5" || name.endsWith("/");
  if (isFolder && size > 0) throw entryFault(name, "is a folder that has content");
  return { name, kind: isFolder ? "folder" : "file", mode: header.mode, size };
}

function refuseKinds(
  name: string,
  { type, link }: TarHeader,
  extension: ReadonlyMap<string, Buffer>,
): void {
  const kind = links[type];
  if (kind) {
    const target = JSON.stringify((extension.get("linkpath") ?? link).toString().slice(0, 200));
    throw entryFault(name, `is a ${kind} to ${target}; only files and folders are taken`);
  }
  if (devices.has(type)) throw entryFault(name, "is a device; only files and folders are taken");
  const isSparse = [...extension.keys()].some((key) => key.startsWith("GNU.sparse."));
  if (type === "S" || isSparse) throw entryFault(name, "is a sparse file; pack it without holes");
  if (!["0", "5", "7"].includes(type)) {
    throw entryFault(name, `is of the unknown kind ${JSON.stringify(type)}`);
  }
}

function decoded(name: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    throw entryFault(name.toString("latin1"), "has a name that is not valid UTF-8");
  }
}

function sizeOf(name: string, header: TarHeader, extension: ReadonlyMap<string, Buffer>): number {
  const record = extension.get("size");
  if (!record) return header.size;
  const text = record.toString("latin1");
  const size = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw entryFault(name, "has a size that cannot be read");
  return size;
}
