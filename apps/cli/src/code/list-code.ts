import type { Stats } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { CliError } from "../cli-error.ts";
import { git } from "./git.ts";
import { isIgnored, type Rules, rulesAbove, rulesIn } from "./ignore-rules.ts";
import { trackedPaths, type TrackedPaths } from "./tracked-paths.ts";

/** A file of a code folder. */
export interface CodeFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly executable: boolean;
}

export interface Code {
  readonly files: readonly CodeFile[];
  /** Symbolic links that lead to a folder, out of the code or nowhere: they are not followed. */
  readonly skippedLinks: readonly string[];
}

interface Walk {
  readonly root: string;
  /** Links may lead to files in these. */
  readonly bounds: readonly string[];
  readonly tracked: TrackedPaths;
  /** The platform's own home, which holds its secrets. */
  readonly home: string;
  readonly files: CodeFile[];
  readonly skippedLinks: string[];
}

const never = [".git", ".hg", ".svn", "__pycache__", ".venv", "node_modules", ".DS_Store"];
const MOST_FILES = 100_000;

/**
 * What a link leads to, if that is a file of the folder or its repository; the link's own nature
 * otherwise: nobody's keys are sent because of a link in somebody else's code.
 */
async function natureOf({ bounds }: Walk, file: string): Promise<Stats> {
  const own = await lstat(file);
  if (!own.isSymbolicLink()) return own;
  const target = await realpath(file).catch(() => undefined);
  if (target === undefined || !bounds.some((bound) => target.startsWith(`${bound}${sep}`))) {
    return own;
  }
  const found = await stat(target);
  return found.isFile() ? found : own;
}

async function boundsOf(root: string): Promise<string[]> {
  const top = (await git(root, "rev-parse", "--show-toplevel"))?.trim();
  return Promise.all([root, ...(top ? [top] : [])].map((folder) => realpath(folder)));
}

function keep(walk: Walk, path: string, { mode, size }: Stats): void {
  const executable = (mode & 0o111) !== 0;
  walk.files.push({ path, file: join(walk.root, path), sizeBytes: size, executable });
  if (walk.files.length > MOST_FILES) {
    throw new CliError(
      `${walk.root} has more than ${MOST_FILES} files; list what to leave out in .tesseraignore`,
    );
  }
}

async function walkFolder(walk: Walk, base: string, inherited: readonly Rules[]): Promise<void> {
  const folder = join(walk.root, base);
  const rules = [...inherited, ...(await rulesIn(folder, base))];
  for (const name of (await readdir(folder)).sort()) {
    const path = `${base}${name}`;
    const file = join(walk.root, path);
    if (never.includes(name) || resolve(file) === walk.home) continue;
    const found = await natureOf(walk, file);
    const directory = found.isDirectory();
    if (isIgnored({ path, directory, tracked: walk.tracked.has(path) }, rules)) continue;
    if (directory) await walkFolder(walk, `${path}/`, rules);
    else if (found.isFile()) keep(walk, path, found);
    else if (found.isSymbolicLink()) walk.skippedLinks.push(path);
  }
}

/**
 * The files of a folder that belong to its code: what `.gitignore` and `.tesseraignore` leave, at
 * any depth, and from the repository's root down. As for git, what is tracked is never ignored by a
 * `.gitignore`. A link to a file of the same folder or repository counts as that file. The
 * platform's home is never among them.
 */
export async function listCode(root: string, home: string): Promise<Code> {
  const found = await stat(root).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    throw new CliError(`${root} ${found ? "is not a folder" : "does not exist"}`);
  }
  const [bounds, tracked, rules] = await Promise.all([
    boundsOf(root),
    trackedPaths(root),
    rulesAbove(root),
  ]);
  const walk: Walk = { root, bounds, tracked, home, files: [], skippedLinks: [] };
  await walkFolder(walk, "", rules);
  return walk;
}

/** Refuses a folder that is too large, naming what makes it so. */
export function assertSize(files: readonly CodeFile[], maxBytes: number): void {
  const total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (total <= maxBytes) return;
  const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const largest = [...files].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, 5);
  const lines = largest.map((file) => `  ${mb(file.sizeBytes).padStart(10)}  ${file.path}`);
  throw new CliError(
    `The code is ${mb(total)}, and at most ${mb(maxBytes)} are taken. Leave data out by listing it in .tesseraignore; the largest files are:\n${lines.join("\n")}`,
  );
}
