import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UnreachableError } from "@tessera/client/api-error";
import {
  dataPathFault,
  type DatasetFile,
  type DatasetVersion,
  getDatasetFile,
  listDatasetFiles,
} from "@tessera/contracts/dataset";
import { CliError } from "../cli-error.ts";
import { byteCount } from "../output/words.ts";
import { persist } from "../persist.ts";
import type { Session } from "../session.ts";
import { atOnce } from "./at-once.ts";
import { hashFile } from "./list-files.ts";

const RECEIVING = 6;
const PAGE = 1000;

interface Wanted {
  readonly project: string;
  readonly version: DatasetVersion;
  readonly folder: string;
  /** Whether files with other content are replaced. */
  readonly force: boolean;
}

interface Pulled {
  readonly files: number;
  readonly bytes: number;
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    (found) => (found.isFile() ? found.size : -1),
    () => undefined,
  );
}

/** Whether a file is there as it should be. @throws CliError for other content, unless forced */
async function isThere(target: string, file: DatasetFile, force: boolean): Promise<boolean> {
  const size = await sizeOf(target);
  if (size === undefined) return false;
  if (size === file.sizeBytes && (await hashFile(target)) === file.sha256) return true;
  if (force && size >= 0) return false;
  const way = size < 0 ? "move it away" : "--force replaces it";
  throw new CliError(`${target} is there already, with other content; ${way}`);
}

/** Writes the bytes from where an earlier try ended; what came until a fault is kept. */
async function receive(
  { client }: Session,
  wanted: Wanted,
  { path, part }: { readonly path: string; readonly part: string },
): Promise<void> {
  const { project, version } = wanted;
  const params = { project, name: version.dataset, version: String(version.number) };
  const start = (await sizeOf(part)) ?? 0;
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
  const response = await client.open(getDatasetFile, { params, query: { path }, headers });
  const flags = response.status === 206 ? "a" : "w";
  const body = response.body ?? new ReadableStream({ start: (control) => control.close() });
  try {
    await pipeline(Readable.fromWeb(body as never), createWriteStream(part, { flags }));
  } catch (error) {
    // A full disk is told at once; a connection that broke is tried again.
    if (error instanceof Error && "syscall" in error && error.syscall === "write") throw error;
    throw new UnreachableError("", `${path} was cut off`, error);
  }
}

async function pullFile(session: Session, wanted: Wanted, file: DatasetFile): Promise<boolean> {
  const fault = dataPathFault(file.path);
  if (fault !== null) throw new CliError(`Refused: ${fault}`);
  const target = join(wanted.folder, ...file.path.split("/"));
  if (await isThere(target, file, wanted.force)) return false;
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.tessera-part`;
  if (((await sizeOf(part)) ?? 0) >= file.sizeBytes) await rm(part, { force: true });
  for (const last of [false, true]) {
    await persist(() => receive(session, wanted, { path: file.path, part }));
    if ((await hashFile(part)) === file.sha256) {
      await rename(part, target);
      return true;
    }
    // What an earlier try left may have been of another version.
    await rm(part);
    if (last) throw new CliError(`${file.path} did not arrive as it is; pull again`);
  }
  return true;
}

/** Writes a version's files below a folder; what is there already is not fetched again. */
export async function pullFiles(session: Session, wanted: Wanted): Promise<Pulled> {
  const { client, output } = session;
  const { project, version, folder } = wanted;
  const params = { project, name: version.dataset, version: String(version.number) };
  let seen = 0;
  let files = 0;
  let bytes = 0;
  await mkdir(folder, { recursive: true });
  for (let pageToken: string | undefined; ;) {
    const query = { limit: PAGE, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = await persist(() => client.call(listDatasetFiles, { params, query }));
    await atOnce(page.items, RECEIVING, async (file) => {
      if (await pullFile(session, wanted, file)) {
        files += 1;
        bytes += file.sizeBytes;
      }
      seen += 1;
      output.progress(`${seen} of ${version.fileCount} files, ${byteCount(bytes)} fetched …`);
    });
    pageToken = page.nextPageToken;
    if (pageToken === undefined) break;
  }
  output.progress("");
  return { files, bytes };
}
