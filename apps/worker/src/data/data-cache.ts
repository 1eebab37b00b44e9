import { constants, createWriteStream, type Stats } from "node:fs";
import { chmod, copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BlobStore } from "@tessera/blobs/blob-store";
import { newId } from "@tessera/kit/ids";

/** A content by its digest. */
export interface Content {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What no job may write to. */
const READ_ONLY = 0o444;
/** Every content here has this date, so that one that was written to shows it. */
const DATE = new Date("2000-01-01T00:00:00Z");
/** Content that no job used for so long is deleted; it is fetched again when one does. */
const UNUSED_MS = 7 * 24 * 3600 * 1000;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

async function found(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}

function isIntact(file: Stats | undefined, { sizeBytes }: Content): boolean {
  return file?.size === sizeBytes && file.mtimeMs === DATE.getTime();
}

/**
 * Content of datasets on this machine: fetched once, then linked to wherever a job wants it. It lies
 * at `<root>/<first 2 characters>/<the other 62>`, what is on its way in `<root>/tmp`.
 */
export class DataCache {
  readonly #root: string;
  readonly #blobs: BlobStore;
  readonly #coming = new Map<string, Promise<void>>();

  constructor(root: string, blobs: BlobStore) {
    this.#root = root;
    this.#blobs = blobs;
  }

  /** Puts a content at a path where nothing is yet, read-only. */
  async place(content: Content, target: string): Promise<void> {
    const path = this.#pathOf(content.sha256);
    for (let tries = 1; ; tries += 1) {
      if (!isIntact(await found(path), content)) await this.#fetch(content, path);
      try {
        return await linkOrCopy(path, target);
      } catch (error) {
        // It may have been swept just now.
        if (codeOf(error) !== "ENOENT" || tries === 3) throw error;
      }
    }
  }

  /** Deletes what nobody uses any more, and what killed workers left. */
  async sweep(now = Date.now()): Promise<void> {
    const folders = await readdir(this.#root).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    });
    for (const folder of folders) {
      for (const name of await readdir(join(this.#root, folder))) {
        const path = join(this.#root, folder, name);
        const file = await found(path);
        // A link that is made or taken away changes this date.
        if (file?.nlink === 1 && now - file.ctimeMs > UNUSED_MS) await rm(path, { force: true });
      }
    }
  }

  #pathOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2));
  }

  /** Those who want the same wait for one fetch. */
  #fetch(content: Content, path: string): Promise<void> {
    const { sha256 } = content;
    const coming = this.#coming.get(sha256) ?? this.#write(sha256, path);
    this.#coming.set(sha256, coming);
    return coming.finally(() => this.#coming.delete(sha256));
  }

  async #write(sha256: string, path: string): Promise<void> {
    const unfinished = join(this.#root, "tmp", newId());
    await mkdir(join(path, ".."), { recursive: true });
    await mkdir(join(unfinished, ".."), { recursive: true });
    try {
      const source = await this.#blobs.open(sha256);
      await pipeline(source, createWriteStream(unfinished, { flush: true }));
      await chmod(unfinished, READ_ONLY);
      await utimes(unfinished, DATE, DATE);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }
}

/** Faults for which a copy does: other disks, file systems without links, too many of them. */
const copied: readonly unknown[] = ["EXDEV", "EMLINK", "EPERM", "ENOTSUP", "EOPNOTSUPP"];

async function linkOrCopy(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
  } catch (error) {
    if (!copied.includes(codeOf(error))) throw error;
    await copyFile(path, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await chmod(target, READ_ONLY);
  }
}
