import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { dataPathFault } from "@tessera/contracts/dataset";
import { CliError } from "../cli-error.ts";

/** A file that is to be part of a dataset. */
export interface LocalFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly file: string;
  readonly sizeBytes: number;
}

/** What systems and version control put into folders. */
const never = [".git", ".hg", ".svn", ".DS_Store", "Thumbs.db"];

/** Links to files of the folder count as those; nobody's keys are sent because of another link. */
async function targetOf(root: string, file: string): Promise<number> {
  const target = await realpath(file).catch(() => undefined);
  const found = target?.startsWith(`${root}${sep}`) === true ? await stat(target) : undefined;
  if (found?.isFile() === true) return found.size;
  throw new CliError(`${file} is a link to a folder, out of the data, or to nothing: replace it`);
}

async function* walk(root: string, base: string): AsyncGenerator<LocalFile> {
  const entries = await readdir(join(root, base), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${base}${entry.name}`;
    const file = join(root, path);
    if (never.includes(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(root, `${path}/`);
    else if (entry.isFile()) yield { path, file, sizeBytes: (await stat(file)).size };
    else if (entry.isSymbolicLink()) yield { path, file, sizeBytes: await targetOf(root, file) };
    else throw new CliError(`${file} is neither a file nor a folder`);
  }
}

/** Every file of a folder, hidden ones too; or the one file. @throws CliError */
export async function listFiles(source: string): Promise<LocalFile[]> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) throw new CliError(`${source} does not exist`);
  const files: LocalFile[] = [];
  if (found.isDirectory()) {
    for await (const file of walk(await realpath(source), "")) files.push(file);
  } else files.push({ path: basename(source), file: source, sizeBytes: found.size });
  if (files.length === 0) throw new CliError(`${source} has no file in it`);
  for (const { path } of files) {
    const fault = dataPathFault(path);
    if (fault !== null) throw new CliError(`It cannot be part of a dataset: ${fault}`);
  }
  return files;
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
