import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { ApiError } from "@tessera/client/api-error";
import { DIFF_ENTRY, findSnapshot, type Snapshot, uploadSnapshot } from "@tessera/contracts/code";
import { getMeta } from "@tessera/contracts/meta";
import { type ManifestFile, manifestText } from "@tessera/contracts/manifest";
import { pack, type Pack } from "tar-stream";
import { CliError } from "../cli-error.ts";
import type { Session } from "../session.ts";
import { type FolderGit, readGitState } from "./git-state.ts";
import { assertSize, type CodeFile, listCode } from "./list-code.ts";

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
  const mode = executable ? 0o755 : 0o644;
  if (sizeBytes === 0) return void archive.entry({ name: path, mode }, "");
  const entry = archive.entry({ name: path, size: sizeBytes, mode });
  try {
    await pipeline(createReadStream(file, { end: sizeBytes - 1 }), entry);
  } catch (cause) {
    throw new CliError(`${path} changed while it was read; send the code again`, 1, { cause });
  }
}

interface Archive {
  readonly body: ReadableStream<Uint8Array>;
  /** Why it ended before its end, if it did. */
  readonly fault: () => Error | undefined;
}

/** A gzipped tar of the files, with the uncommitted diff as an entry of its own. */
function archiveOf(files: readonly CodeFile[], diff: string): Archive {
  const archive = pack();
  let fault: Error | undefined;
  const fill = async (): Promise<void> => {
    for (const file of files) await addFile(archive, file);
    if (diff !== "") archive.entry({ name: DIFF_ENTRY, mode: 0o644 }, diff);
    archive.finalize();
  };
  fill().catch((error: Error) => {
    fault = error;
    archive.destroy(error);
  });
  const zipped = archive.pipe(createGzip());
  archive.once("error", (error) => zipped.destroy(error));
  return { body: Readable.toWeb(zipped) as ReadableStream<Uint8Array>, fault: () => fault };
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
  const { commit, branch, dirty } = snapshot.git;
  return commit === (git.commit ?? null) && branch === (git.branch ?? null) && dirty === git.dirty;
}

function noteLinks({ output }: Session, links: readonly string[]): void {
  if (links.length === 0) return;
  const named = `${links.slice(0, 5).join(", ")}${links.length > 5 ? ", …" : ""}`;
  output.note(`Not sent, being links to folders, out of the code or to nothing: ${named}`);
}

/**
 * Brings a folder's code to the platform; code that is there already is not sent again.
 *
 * @returns undefined for a folder without any file.
 */
export async function uploadCode(
  session: Session,
  project: string,
  folder: string,
): Promise<Snapshot | undefined> {
  const { client } = session;
  const [{ files, skippedLinks }, git, { maxSnapshotBytes }] = await Promise.all([
    listCode(folder, session.env.home),
    readGitState(folder),
    client.call(getMeta, {}),
  ]);
  assertSize(files, maxSnapshotBytes);
  noteLinks(session, skippedLinks);
  if (files.length === 0) return undefined;
  const same = await findSame(session, project, files);
  if (same !== undefined && sameState(same, git)) return same;
  const { commit, branch, remote } = git;
  const archive = archiveOf(files, git.diff);
  try {
    return await client.call(uploadSnapshot, {
      params: { project },
      query: {
        ...(commit === undefined ? {} : { commit }),
        ...(branch === undefined ? {} : { branch }),
        ...(remote === undefined ? {} : { remote }),
        dirty: git.dirty ? "true" : "false",
      },
      body: archive.body,
      headers: { "content-type": "application/gzip" },
    });
  } catch (error) {
    throw archive.fault() ?? error;
  }
}
