import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { newId } from "@tessera/kit/ids";
import type { BlobInfo, BlobStore, ByteRange, PutOptions, PutResult } from "../blob-store.ts";
import { blobNotFound, checkedDigest, checkedRange, isDigest } from "../digest.ts";
import { measure } from "../measure.ts";
import { isMissing, translated } from "./fs-errors.ts";

const leftoverMs = 60 * 60_000;

export interface FsBlobStoreOptions {
  /** Unfinished files of killed processes that are older than this are removed at the start. */
  readonly leftoverMs?: number;
}

/**
 * Opens a blob store in a folder, which is made if it is missing. A blob lies at
 * `<root>/<first 2 characters>/<the other 62>`; unfinished ones lie in `<root>/tmp`.
 */
export async function openFsBlobStore(
  root: string,
  options: FsBlobStoreOptions = {},
): Promise<BlobStore> {
  const unfinished = join(root, "tmp");
  await translated(async () => {
    await mkdir(unfinished, { recursive: true });
    await sweep(unfinished, Date.now() - (options.leftoverMs ?? leftoverMs));
  });
  return {
    put: (source, putOptions) => put(root, source, putOptions),
    open: (sha256, range) => translated(() => openBlob(pathOf(root, sha256), sha256, range)),
    stat: (sha256) => translated(() => infoOf(root, sha256)),
    delete: (sha256) => translated(() => rm(pathOf(root, sha256), { force: true })),
    list: (after) => listBlobs(root, after),
  };
}

function pathOf(root: string, sha256: string): string {
  checkedDigest(sha256);
  return join(root, sha256.slice(0, 2), sha256.slice(2));
}

async function put(root: string, source: Readable, options?: PutOptions): Promise<PutResult> {
  const measured = measure(source, options);
  const path = join(root, "tmp", newId());
  const file = await translated(() => open(path, "wx", 0o644));
  try {
    try {
      for await (const chunk of measured.chunks) await translated(() => writeAll(file, chunk));
      await translated(() => file.sync());
    } finally {
      await translated(() => file.close());
    }
    const { sha256, size } = measured.result();
    const existed = await translated(() => settle(root, path, sha256));
    return { sha256, size, existed };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written);
    written += bytesWritten;
  }
}

/** Makes a finished file visible under its digest; a known blob is replaced by its equal. */
async function settle(root: string, finished: string, sha256: string): Promise<boolean> {
  const path = pathOf(root, sha256);
  const folder = join(path, "..");
  const existed = (await infoOf(root, sha256)) !== null;
  const made = await mkdir(folder, { recursive: true });
  await rename(finished, path);
  await syncFolder(folder);
  if (made !== undefined) await syncFolder(root);
  return existed;
}

/** Makes the names in a folder survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function openBlob(path: string, sha256: string, range?: ByteRange): Promise<Readable> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw isMissing(error) ? blobNotFound(sha256) : error;
  });
  try {
    const { start, end } = checkedRange(range, (await file.stat()).size);
    if (start < end) return file.createReadStream({ start, end: end - 1 });
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return Readable.from([]);
}

async function infoOf(root: string, sha256: string): Promise<BlobInfo | null> {
  try {
    const { size, mtime } = await stat(pathOf(root, sha256));
    return { sha256, size, storedAt: mtime };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function* listBlobs(root: string, after = ""): AsyncGenerator<BlobInfo, void, undefined> {
  if (after !== "") checkedDigest(after);
  for (const folder of await translated(() => namesIn(root))) {
    if (!/^[0-9a-f]{2}$/.test(folder) || folder < after.slice(0, 2)) continue;
    for (const name of await translated(() => namesIn(join(root, folder)))) {
      const sha256 = folder + name;
      if (!isDigest(sha256) || sha256 <= after) continue;
      const info = await translated(() => infoOf(root, sha256));
      if (info) yield info;
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

async function sweep(folder: string, olderThan: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).mtimeMs < olderThan) await unlink(path);
    } catch (error) {
      // Another process may have swept or finished it meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
}
