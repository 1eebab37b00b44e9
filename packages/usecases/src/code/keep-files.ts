import { Readable } from "node:stream";
import { DIFF_ENTRY } from "@tessera/contracts/code";
import type { ManifestFile } from "@tessera/contracts/manifest";
import type { Context } from "../platform/platform.ts";

/** A file as an archive's reader hands it over; the stream must be read to its end. */
export interface ArchiveFile {
  readonly path: string;
  readonly executable: boolean;
  readonly body: Readable;
}

/** Reads an archive within limits, one file after another. */
export type ReadArchive = (
  limits: { readonly maxBytes: number },
  onFile: (file: ArchiveFile) => Promise<void>,
) => Promise<void>;

interface KeptFiles {
  readonly files: ManifestFile[];
  readonly diffSha256: string | null;
}

/** Files up to this size are held in memory, so that the store can write several at once. */
const SMALL_BYTES = 128 * 1024;
const AT_ONCE = 16;

/** Keeps the files of an archive. A folder of code is many small ones: their writes overlap. */
export async function keepFiles(
  ctx: Pick<Context, "blobs" | "settings">,
  read: ReadArchive,
): Promise<KeptFiles> {
  const files: ManifestFile[] = [];
  let diffSha256: string | null = null;
  const writing = new Set<Promise<void>>();

  async function keep({ path, executable, body }: ArchiveFile): Promise<void> {
    const { sha256, size } = await ctx.blobs.put(body);
    if (path === DIFF_ENTRY) diffSha256 = sha256;
    else files.push({ path, sha256, sizeBytes: size, executable });
  }
  async function keepSoon(file: ArchiveFile): Promise<void> {
    const { head, whole, rest } = await beginning(file.body);
    if (!whole) return keep({ ...file, body: Readable.from(rest, { objectMode: false }) });
    const kept = keep({ ...file, body: Readable.from(head, { objectMode: false }) });
    writing.add(kept);
    void kept.then(
      () => writing.delete(kept),
      () => undefined,
    );
    if (writing.size >= AT_ONCE) await Promise.race(writing);
  }
  try {
    await read({ maxBytes: ctx.settings.maxSnapshotBytes }, keepSoon);
    await Promise.all(writing);
  } finally {
    await Promise.allSettled(writing);
  }
  return { files, diffSha256 };
}

interface Beginning {
  readonly head: readonly Buffer[];
  /** Whether that is all there is. */
  readonly whole: boolean;
  /** The head again, and what follows it. */
  readonly rest: AsyncIterable<Buffer>;
}

async function beginning(body: Readable): Promise<Beginning> {
  const chunks = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let bytes = 0;
  let whole = false;
  while (!whole && bytes <= SMALL_BYTES) {
    const next = await chunks.next();
    whole = next.done === true;
    if (next.done === true) break;
    head.push(next.value);
    bytes += next.value.length;
  }
  async function* rest(): AsyncGenerator<Buffer, void, undefined> {
    yield* head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  }
  return { head, whole, rest: rest() };
}
