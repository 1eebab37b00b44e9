import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { BlobStore } from "@tessera/blobs/blob-store";
import { PlatformError } from "@tessera/contracts/errors";
import { Manifest, type ManifestFile, manifestText } from "@tessera/contracts/manifest";

/** Keeps a manifest and gives its digest. */
export async function putManifest(
  blobs: BlobStore,
  files: readonly ManifestFile[],
): Promise<string> {
  const { sha256 } = await blobs.put(Readable.from([Buffer.from(manifestText(files))]));
  return sha256;
}

/** Reads a manifest that was kept; rejects with internal when the blob is none. */
export async function readManifest(blobs: BlobStore, digest: string): Promise<ManifestFile[]> {
  const content = await text(await blobs.open(digest));
  try {
    return Manifest.parse(JSON.parse(content)).files;
  } catch (cause) {
    throw new PlatformError("internal", `The blob ${digest} is no manifest`, { cause });
  }
}
