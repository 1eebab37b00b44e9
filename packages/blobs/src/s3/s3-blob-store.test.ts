import { afterAll, beforeAll, describe } from "vitest";
import { blobStoreConformance } from "../testing/conformance.ts";
import { type S3Server, startS3Server } from "../testing/s3-server.ts";
import { openS3BlobStore } from "./s3-blob-store.ts";

describe("S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.close());

  const mebi = 2 ** 20;
  // Up to a part of 5 MiB is put at once; above 8 MiB a copy is done in parts.
  blobStoreConformance({
    name: "a bucket",
    sizes: [0, 1, 5 * mebi, 5 * mebi + 1, 17_000_003],
    start: async () => {
      const settings = {
        ...(await server.bucket()),
        prefix: "tessera/",
        partBytes: 5 * mebi,
        copyBytes: 8 * mebi,
      };
      return {
        store: await openS3BlobStore(settings),
        leftovers: () => server.leftovers(settings),
        close: async () => {},
      };
    },
  });
});
