import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { ApiError } from "@tessera/client/api-error";
import { DIFF_ENTRY, findSnapshot, type Snapshot, uploadSnapshot } from "@tessera/contracts/code";
import { type ManifestFile, manifestText } from "@tessera/contracts/manifest";
import { pack, type Pack } from "tar-stream";
import type { Session } from "../session.ts";
import { type FolderGit, readGitState } from "./git-state.ts";
import { assertSize, type CodeFile, listCode } from "./list-code.ts";

const MAX_BYTES = 100 * 1024 * 1024;

async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function manifestOf(files: readonly CodeFile[]): Promise<ManifestFile[]> {
  const list: ManifestFile[] = [];
  for (const { path, file, sizeBytes, executable } of files) {
    list.push({ path, sha256: await hashFile(file), sizeBytes, executable });
  }
  return list;
}

async function addFile(archive: Pack, { path, file, sizeBytes, executable }: CodeFile) {
  const entry = archive.entry({ name: path, size: sizeBytes, mode: executable ? 0o755 : 0o644 });
  await pipeline(createReadStream(file, { end: Math.max(0, sizeBytes - 1) }), entry);
}

/** A gzipped tar of the files, with the uncommitted diff as an entry of its own. */
function archiveOf(files: readonly CodeFile[], diff: string): ReadableStream<Uint8Array> {
  const archive = pack();
  const fill = async (): Promise<void> => {
    for (const file of files) {
      if (file.sizeBytes === 0) {
        archive.entry({ name: file.path, mode: file.executable ? 0o755 : 0o644 }, "");
      } else await addFile(archive, file);
    }
    if (diff !== "") archive.entry({ name: DIFF_ENTRY, mode: 0o644 }, diff);
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  const zipped = archive.pipe(createGzip());
  archive.once("error", (error) => zipped.destroy(error));
  return Readable.toWeb(zipped) as ReadableStream<Uint8Array>;
}

async function findSame(
  session: Session,
  project: string,
  files: readonly CodeFile[],
): Promise<Snapshot | undefined> {
  const digest = createHash("sha256")
    .update(manifestText(await manifestOf(files)))
    .digest("hex");
  try {
    return await session.client.call(findSnapshot, { params: { project, digest } });
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_found") return undefined;
    throw error;
  }
}

function sameState(snapshot: Snapshot, git: FolderGit): boolean {
  return snapshot.git.commit === (git.commit ?? null) && snapshot.git.dirty === git.dirty;
}

/** Brings a folder's code to the platform; code that is there already is not sent again. */
export async function uploadCode(
  session: Session,
  project: string,
  folder: string,
): Promise<Snapshot> {
  const [files, git] = await Promise.all([listCode(folder), readGitState(folder)]);
  assertSize(files, MAX_BYTES);
  const same = await findSame(session, project, files);
  if (same !== undefined && sameState(same, git)) return same;
  const { commit, branch, remote } = git;
  return session.client.call(uploadSnapshot, {
    params: { project },
    query: {
      ...(commit === undefined ? {} : { commit }),
      ...(branch === undefined ? {} : { branch }),
      ...(remote === undefined ? {} : { remote }),
      dirty: git.dirty ? "true" : "false",
    },
    body: archiveOf(files, git.diff),
    headers: { "content-type": "application/gzip" },
  });
}
