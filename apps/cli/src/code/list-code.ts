import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { CliError } from "../cli-error.ts";

/** A file of a code folder. */
export interface CodeFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly executable: boolean;
}

interface Rules {
  /** Folder that the rules are relative to: "" or "a/b/". */
  readonly base: string;
  readonly rules: Ignore;
}

const IGNORE_FILES = [".gitignore", ".tesseraignore"];
const never = [".git", ".hg", ".svn", "__pycache__", ".venv", "node_modules", ".DS_Store"];
const MOST_FILES = 100_000;

async function rulesIn(folder: string, base: string): Promise<Rules[]> {
  const texts = await Promise.all(
    IGNORE_FILES.map((name) => readFile(join(folder, name), "utf8").catch(() => "")),
  );
  const rules = ignore();
  for (const text of texts) rules.add(text);
  return texts.some((text) => text !== "") ? [{ base, rules }] : [];
}

function isIgnored(path: string, directory: boolean, all: readonly Rules[]): boolean {
  let ignored = false;
  for (const { base, rules } of all) {
    const relative = path.slice(base.length) + (directory ? "/" : "");
    const verdict = rules.test(relative);
    if (verdict.ignored) ignored = true;
    if (verdict.unignored) ignored = false;
  }
  return ignored;
}

async function walk(
  root: string,
  base: string,
  { inherited, found }: { inherited: readonly Rules[]; found: CodeFile[] },
): Promise<void> {
  const folder = join(root, base);
  const rules = [...inherited, ...(await rulesIn(folder, base))];
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    if (never.includes(name)) continue;
    const path = `${base}${name}`;
    const file = join(root, path);
    const stat = await lstat(file);
    if (isIgnored(path, stat.isDirectory(), rules)) continue;
    if (stat.isDirectory()) {
      await walk(root, `${path}/`, { inherited: rules, found });
    } else if (stat.isFile()) {
      const executable = (stat.mode & 0o111) !== 0;
      found.push({ path, file, sizeBytes: stat.size, executable });
    }
    if (found.length > MOST_FILES) {
      throw new CliError(
        `${root} has more than ${MOST_FILES} files; list what to leave out in .tesseraignore`,
      );
    }
  }
}

/**
 * The files of a folder that belong to its code: what `.gitignore` and `.tesseraignore` leave, at
 * any depth. Symbolic links are left out.
 */
export async function listCode(root: string): Promise<CodeFile[]> {
  const found: CodeFile[] = [];
  await walk(root, "", { inherited: [], found });
  return found;
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
