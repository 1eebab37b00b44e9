import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ManifestFile } from "@tessera/contracts/manifest";
import type { BlobStore } from "./blob-store.ts";

const AT_ONCE = 8;

async function writeFile(blobs: BlobStore, file: ManifestFile, folder: string): Promise<void> {
  const target = join(folder, ...file.path.split("/"));
  await mkdir(dirname(target), { recursive: true });
  const mode = file.executable ? 0o755 : 0o644;
  await pipeline(await blobs.open(file.sha256), createWriteStream(target, { mode }));
}

/** Writes files into a folder, which should be empty. */
export async function checkoutFiles(
  blobs: BlobStore,
  files: readonly ManifestFile[],
  folder: string,
): Promise<void> {
  const next = files.values();
  async function work(): Promise<void> {
    for (const file of next) await writeFile(blobs, file, folder);
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, work));
}
