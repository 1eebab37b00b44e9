import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { type ManifestFile, manifestText } from "@tessera/contracts/manifest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "../blob-store.ts";
import { openFsBlobStore } from "../fs/fs-blob-store.ts";
import { endMark, inChunks, rawEntry, tarGz } from "../testing/raw-tar.ts";
import { readTarGz } from "./read-tar-gz.ts";

describe("an archive's files in a blob store", () => {
  let root: string;
  let store: BlobStore;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tessera-archive-"));
    store = await openFsBlobStore(root);
  });
  afterEach(() => rm(root, { recursive: true }));

  async function keep(source: Readable): Promise<ManifestFile[]> {
    const limits = {
      maxBytes: 20_000_000,
      maxFiles: 100,
      maxFileBytes: 10_000_000,
      maxPathLength: 500,
    };
    const files: ManifestFile[] = [];
    await readTarGz(source, limits, async (path, mode, content) => {
      const { sha256, size } = await store.put(content);
      files.push({ path, sha256, sizeBytes: size, executable: mode === 0o755 });
    });
    return files;
  }

  const entries = [
    rawEntry({ name: "b/train.py", content: "print('training')\n", mode: 0o755 }),
    rawEntry({ name: "a.bin", content: Buffer.alloc(3_000_000, "some content") }),
    rawEntry({ name: "empty" }),
  ];

  it("are described by a manifest that does not depend on the archive", async () => {
    const manifest = await keep(tarGz(entries));
    expect(
      manifest.map(({ path, sizeBytes, executable }) => [path, sizeBytes, executable]),
    ).toEqual([
      ["b/train.py", 18, true],
      ["a.bin", 3_000_000, false],
      ["empty", 0, false],
    ]);
    const [{ sha256 } = { sha256: "" }] = manifest;
    expect(await text(await store.open(sha256))).toBe("print('training')\n");
    const other = await keep(tarGz(entries.toReversed(), 77));
    expect(manifestText(other)).toBe(manifestText(manifest));
  });

  it("are not kept by half when the archive is cut short or damaged", async () => {
    const packed = gzipSync(Buffer.concat([...entries, endMark]));
    const middle = Math.floor(packed.length / 2);
    const cut = keep(inChunks(packed.subarray(0, middle)));
    await expect(cut).rejects.toThrow("The archive is cut short");
    const damaged = Buffer.from(packed).fill(0xff, middle, middle + 50);
    await expect(keep(inChunks(damaged))).rejects.toMatchObject({ code: "invalid_argument" });
    expect(await readdir(join(root, "tmp"))).toEqual([]);
    const sizes: number[] = [];
    for await (const { size } of store.list()) sizes.push(size);
    expect(sizes).toEqual([18]);
  });
});
