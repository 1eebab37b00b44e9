import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobStoreConformance } from "../testing/conformance.ts";
import { openFsBlobStore } from "./fs-blob-store.ts";

blobStoreConformance({
  name: "a folder",
  sizes: [0, 1, 65_536, 3_000_001],
  start: async () => {
    const root = await mkdtemp(join(tmpdir(), "tessera-blobs-"));
    return {
      store: await openFsBlobStore(join(root, "made", "when missing")),
      leftovers: () => readdir(join(root, "made", "when missing", "tmp")),
      close: () => rm(root, { recursive: true }),
    };
  },
});
