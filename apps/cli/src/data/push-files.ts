import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { ApiError } from "@tessera/client/api-error";
import type { DatasetVersion } from "@tessera/contracts/dataset";
import {
  addKnownFiles,
  commitDatasetDraft,
  createDatasetDraft,
  putDraftFile,
} from "@tessera/contracts/dataset-draft";
import { CliError } from "../cli-error.ts";
import { byteCount } from "../output/words.ts";
import { persist } from "../persist.ts";
import type { Session } from "../session.ts";
import { atOnce } from "./at-once.ts";
import { hashFile, type LocalFile } from "./list-files.ts";

/** Most files that are asked about in one question. */
const BATCH = 1000;
const READING = 4;
const SENDING = 6;

interface Wanted {
  readonly project: string;
  readonly name: string;
  readonly message: string | undefined;
  readonly files: readonly LocalFile[];
}

interface Pushed {
  readonly version: DatasetVersion;
  readonly sent: { readonly files: number; readonly bytes: number };
}

interface HashedFile extends LocalFile {
  readonly sha256: string;
}

function total(files: readonly LocalFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function hashAll({ output }: Session, files: readonly LocalFile[]): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  await atOnce(files, READING, async (file) => {
    hashed.push({ ...file, sha256: await hashFile(file.file) });
    output.progress(`Reading ${hashed.length} of ${files.length} files …`);
  });
  return hashed;
}

interface Draft {
  readonly project: string;
  readonly name: string;
  readonly id: string;
}

/** Adds what the project has; answers what must be sent. */
async function addKnown(
  { client }: Session,
  params: Draft,
  files: readonly HashedFile[],
): Promise<HashedFile[]> {
  const missing: HashedFile[] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const body = { files: batch.map(({ path, sha256 }) => ({ path, sha256 })) };
    const answer = await persist(() => client.call(addKnownFiles, { params, body }));
    const paths = new Set(answer.missing);
    missing.push(...batch.filter(({ path }) => paths.has(path)));
  }
  return missing;
}

function changed(path: string, cause: unknown): CliError {
  return new CliError(`${path} changed while it was read; push again`, 1, { cause });
}

/** Sends each file; one that was cut off half-way is sent again, those before it are not. */
async function sendAll(
  { client, output }: Session,
  params: Draft,
  files: readonly HashedFile[],
): Promise<void> {
  const all = byteCount(total(files));
  let done = 0;
  let bytes = 0;
  const tell = (): void =>
    output.progress(`Sent ${done} of ${files.length} files, ${byteCount(bytes)} of ${all} …`);
  await atOnce(files, SENDING, async ({ path, file, sha256 }) => {
    await persist(async () => {
      let own = 0;
      const source = createReadStream(file).on("data", (chunk) => {
        own += chunk.length;
        bytes += chunk.length;
        tell();
      });
      const body = Readable.toWeb(source) as ReadableStream<Uint8Array>;
      try {
        await client.call(putDraftFile, { params, query: { path, sha256 }, body });
      } catch (error) {
        bytes -= own;
        const other = error instanceof ApiError && error.problem.detail.includes("SHA-256");
        throw other ? changed(path, error) : error;
      }
    });
    done += 1;
    tell();
  });
}

/**
 * Makes files a dataset's next version. Content that the project has is not sent, so that a push
 * that was cut off goes on where it was when it is begun again.
 */
export async function pushFiles(session: Session, wanted: Wanted): Promise<Pushed> {
  const { client, output } = session;
  const { project, name, message } = wanted;
  const files = await hashAll(session, wanted.files);
  const idempotencyKey = randomUUID();
  const body = message === undefined ? {} : { message };
  const { id } = await persist(() =>
    client.call(createDatasetDraft, { params: { project, name }, body, idempotencyKey }),
  );
  const params = { project, name, id };
  const missing = await addKnown(session, params, files);
  // The same content at two paths is sent once.
  const first = new Map(missing.map((file) => [file.sha256, file]));
  const sent = [...first.values()];
  await sendAll(session, params, sent);
  const again = missing.filter((file) => first.get(file.sha256) !== file);
  const [left] = await addKnown(session, params, again);
  if (left !== undefined) throw new CliError(`${left.path} was not taken; push again`);
  output.progress("Making the version …");
  const version = await persist(() => client.call(commitDatasetDraft, { params }));
  output.progress("");
  return { version, sent: { files: sent.length, bytes: total(sent) } };
}
