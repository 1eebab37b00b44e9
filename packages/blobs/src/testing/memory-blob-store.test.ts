import { blobStoreConformance } from "./conformance.ts";
import { createMemoryBlobStore } from "./memory-blob-store.ts";

blobStoreConformance({
  name: "memory",
  sizes: [0, 1, 200_000],
  start: async () => ({
    store: createMemoryBlobStore(),
    leftovers: async () => [],
    close: async () => {},
  }),
});
