import { Readable } from "node:stream";
import { fileAndFolder, normalizedPath, pathFault } from "../file-path.ts";
import { entryFault } from "./archive-error.ts";
import { ByteReader } from "./byte-reader.ts";
import { gunzip } from "./gunzip.ts";
import { nextEntry, paddingOf, type TarEntry } from "./tar-entries.ts";

/** A file that is not, or is, to be executed; nothing else of a mode is kept. */
export type FileMode = 0o644 | 0o755;

export interface ArchiveLimits {
  /** Of the unpacked archive, its headers included. */
  readonly maxBytes: number;
  /** Of files and folders together. */
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  /** In bytes of UTF-8. */
  readonly maxPathLength: number;
  /** How many times larger than the archive its unpacked content may be; 250 if not given. */
  readonly maxRatio?: number;
}

/** Takes one file. What it leaves unread of the stream is skipped. */
export type OnFile = (path: string, mode: FileMode, content: Readable) => Promise<void>;

/**
 * Reads a gzipped tar from an untrusted source, file by file and in constant memory. Paths come out
 * plain and relative, and no file twice. Rejects with invalid_argument or too_large, naming the
 * entry and what is wrong: paths that leave the folder, links, devices, names that are not UTF-8,
 * damage, a cut end, anything over the limits. Files before the fault have been handed over by then.
 * What the source or `onFile` throws is passed on, and an unread rest of the source is left.
 */
export async function readTarGz(
  source: Readable,
  limits: ArchiveLimits,
  onFile: OnFile,
): Promise<void> {
  const unpacked = gunzip(source, { maxBytes: limits.maxBytes, maxRatio: limits.maxRatio ?? 250 });
  const reader = new ByteReader(unpacked);
  const seen = new SeenPaths(limits);
  try {
    for (let entry = await nextEntry(reader); entry; entry = await nextEntry(reader)) {
      const path = seen.add(entry);
      if (entry.kind === "file") await handOver(reader, { ...entry, path }, onFile);
    }
    seen.refuseFilesThatAreFolders();
  } finally {
    await unpacked.return();
  }
}

/** The paths so far: each entry's is checked and made plain. */
class SeenPaths {
  readonly #limits: ArchiveLimits;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  add(entry: TarEntry): string {
    const { name, kind, size } = entry;
    const { maxFiles, maxFileBytes } = this.#limits;
    this.#entries += 1;
    if (this.#entries > maxFiles) {
      throw entryFault(name, `is one more than the ${maxFiles} that are allowed`, "too_large");
    }
    if (size > maxFileBytes) {
      const words = `has ${size} bytes, more than the ${maxFileBytes} that are allowed`;
      throw entryFault(name, words, "too_large");
    }
    const path = this.#plain(entry);
    if (kind === "file" && this.#files.has(path)) throw entryFault(name, "is there twice");
    (kind === "file" ? this.#files : this.#folders).add(path);
    return path;
  }

  refuseFilesThatAreFolders(): void {
    const folder = [...this.#folders].find((path) => this.#files.has(path));
    const both = folder ?? fileAndFolder(this.#files, [...this.#files, ...this.#folders]);
    if (both !== null) throw entryFault(both, "is a file and also a folder");
  }

  #plain({ name, kind }: TarEntry): string {
    const { maxPathLength } = this.#limits;
    if (Buffer.byteLength(name) > maxPathLength) {
      throw entryFault(name, `has a path of more than ${maxPathLength} bytes`);
    }
    const path = normalizedPath(name);
    // The folder itself is often packed as "./".
    const isRoot = path === "" && kind === "folder" && name.startsWith(".");
    const fault = isRoot ? null : pathFault(name.startsWith("/") ? name : path);
    if (fault !== null) throw entryFault(name, fault);
    return path;
  }
}

async function handOver(
  reader: ByteReader,
  { path, mode, size }: TarEntry & { readonly path: string },
  onFile: OnFile,
): Promise<void> {
  let missing = size;
  async function* content(): AsyncGenerator<Buffer, void, undefined> {
    while (missing > 0) {
      const part = await reader.some(missing);
      // The reader says that the archive is cut short when the rest is skipped.
      if (!part) return reader.skip(missing);
      missing -= part.length;
      yield part;
    }
  }
  const stream = Readable.from(content(), { objectMode: false });
  // A consumer that has left does not hear of a fault; the reader meets it again.
  stream.on("error", () => {});
  try {
    await onFile(path, (mode & 0o100) === 0 ? 0o644 : 0o755, stream);
  } finally {
    // A read ahead must have come to its end before the reader goes on.
    await closed(stream);
  }
  await reader.skip(missing + paddingOf(size));
}

async function closed(stream: Readable): Promise<void> {
  if (stream.closed) return;
  await new Promise<void>((resolve) => {
    stream.once("close", resolve);
    stream.destroy();
  });
}
