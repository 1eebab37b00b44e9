import type { DatasetVersion } from "@tessera/contracts/dataset";
import {
  addKnownFiles,
  commitDatasetDraft,
  createDatasetDraft,
} from "@tessera/contracts/dataset-draft";
import { client } from "../../../data/client.ts";
import type { PickedFile } from "./dropped-files.ts";
import { sendFile } from "./send-file.ts";

/** How far an upload is. */
export interface UploadProgress {
  readonly files: number;
  readonly bytes: number;
}

/** An upload that can be gone on with after a fault: what was acknowledged is not sent again. */
export interface Upload {
  readonly project: string;
  readonly name: string;
  readonly message: string;
  readonly files: readonly PickedFile[];
  readonly done: Set<string>;
  /** Once it has been begun. */
  draft: string | undefined;
}

interface Watch {
  readonly signal: AbortSignal;
  onProgress(progress: UploadProgress): void;
}

const AT_ONCE = 4;
const BATCH = 500;
/** Larger files are sent without asking first: they would have to be in memory to be hashed. */
const HASHED_BYTES = 32 * 1024 * 1024;
const TELL_MS = 100;

async function hashOf(file: File): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes over what the project has already. Without a safe origin there is nothing to hash with. */
async function addKnown({ project, name, files, done }: Upload, id: string): Promise<void> {
  if (!isSecureContext) return;
  const small = files.filter(({ path, file }) => !done.has(path) && file.size <= HASHED_BYTES);
  for (let at = 0; at < small.length; at += BATCH) {
    const batch: { path: string; sha256: string }[] = [];
    for (const { path, file } of small.slice(at, at + BATCH)) {
      batch.push({ path, sha256: await hashOf(file) });
    }
    const params = { project, name, id };
    const { missing } = await client.call(addKnownFiles, { params, body: { files: batch } });
    const absent = new Set(missing);
    for (const { path } of batch) if (!absent.has(path)) done.add(path);
  }
}

/** Counts what has left, and tells it now and then. */
function createMeter({ files, done }: Upload, { onProgress }: Watch) {
  const under = new Map<string, number>();
  let told = 0;
  const tell = (now = performance.now()): void => {
    told = now;
    const whole = files.filter(({ path }) => done.has(path));
    const bytes = whole.reduce((sum, { file }) => sum + file.size, 0);
    const partly = [...under.values()].reduce((sum, each) => sum + each, 0);
    onProgress({ files: whole.length, bytes: bytes + partly });
  };
  return {
    tell,
    /** `undefined` once the file is over. */
    note(path: string, bytes: number | undefined): void {
      if (bytes === undefined) under.delete(path);
      else under.set(path, bytes);
      if (performance.now() - told > TELL_MS) tell();
    },
  };
}

async function sendAll(upload: Upload, id: string, watch: Watch): Promise<void> {
  const { project, name, files, done } = upload;
  const stop = new AbortController();
  const signal = AbortSignal.any([watch.signal, stop.signal]);
  const meter = createMeter(upload, watch);
  const left = files.filter(({ path }) => !done.has(path)).values();
  const params = { project, name, id };
  async function work(): Promise<void> {
    for (const picked of left) {
      const { path } = picked;
      try {
        await sendFile(picked, { params, signal, onBytes: (bytes) => meter.note(path, bytes) });
        done.add(path);
      } catch (error) {
        stop.abort();
        throw error;
      } finally {
        meter.note(path, undefined);
      }
    }
  }
  meter.tell();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  meter.tell();
}

/** Makes files a dataset's next version. Called again after a fault, it goes on where it was. */
export async function uploadVersion(upload: Upload, watch: Watch): Promise<DatasetVersion> {
  const { project, name, message } = upload;
  const { signal } = watch;
  const params = { project, name };
  upload.draft ??= (
    await client.call(createDatasetDraft, { params, body: { message }, signal })
  ).id;
  const id = upload.draft;
  await addKnown(upload, id);
  await sendAll(upload, id, watch);
  return client.call(commitDatasetDraft, { params: { ...params, id }, signal });
}
