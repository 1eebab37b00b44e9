import { join } from "node:path";
import type { BlobStore } from "@tessera/blobs/blob-store";
import { openFsBlobStore } from "@tessera/blobs/fs/fs-blob-store";
import type { ServerEnv } from "./env.ts";

/** Where content is kept: a bucket when one is named, else a folder in the home. */
export async function openBlobStore(env: ServerEnv): Promise<BlobStore> {
  return openFsBlobStore(join(env.TESSERA_HOME, "blobs"));
}
