import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import ignore, { type Ignore } from "ignore";
import { git } from "./git.ts";

/** Rules of one folder's ignore files. */
export interface Rules {
  /** From the folder of the rules to that of the code: "" or "a/b/". Above the code only. */
  readonly prefix: string;
  /** From the code's folder to that of the rules: "" or "a/b/". Below it only. */
  readonly base: string;
  /** What git knows may be left out by one of them and not by the other. */
  readonly fromGit: Ignore;
  readonly ours: Ignore;
}

interface Candidate {
  /** Relative to the code's folder. */
  readonly path: string;
  readonly directory: boolean;
  /** Whether git has it, or something in it. */
  readonly tracked: boolean;
}

async function readRules(folder: string, place: Pick<Rules, "prefix" | "base">): Promise<Rules[]> {
  const read = (name: string): Promise<string> =>
    readFile(join(folder, name), "utf8").catch(() => "");
  const [git, ours] = await Promise.all([read(".gitignore"), read(".tesseraignore")]);
  if (git === "" && ours === "") return [];
  return [{ ...place, fromGit: ignore().add(git), ours: ignore().add(ours) }];
}

/** The rules that stand in a folder of the code; `base` says which. */
export function rulesIn(folder: string, base: string): Promise<Rules[]> {
  return readRules(folder, { prefix: "", base });
}

/** The rules of the folders around the code, from the root of its repository down. */
export async function rulesAbove(root: string): Promise<Rules[]> {
  const top = (await git(root, "rev-parse", "--show-toplevel"))?.trim();
  const prefix = (await git(root, "rev-parse", "--show-prefix"))?.trim();
  if (!top || !prefix) return [];
  const code = resolve(top, prefix);
  const all: Rules[] = [];
  for (let folder = dirname(code); ; folder = dirname(folder)) {
    const way = `${relative(folder, code).replaceAll("\\", "/")}/`;
    const found = await readRules(folder, { prefix: way, base: "" });
    // Rules that leave out the folder itself say nothing of what is in it: it was asked for.
    all.unshift(
      ...found.filter(({ fromGit, ours }) => !leavesOut(fromGit, way) && !leavesOut(ours, way)),
    );
    if (folder === top || folder === dirname(folder)) return all;
  }
}

function leavesOut(rules: Ignore, path: string): boolean {
  return rules.test(path).ignored;
}

/** Whether the ignore files leave something out: the innermost that has a word on it decides. */
export function isIgnored({ path, directory, tracked }: Candidate, all: readonly Rules[]): boolean {
  let ignored = false;
  for (const { prefix, base, fromGit, ours } of all) {
    const name = `${prefix}${path.slice(base.length)}${directory ? "/" : ""}`;
    for (const rules of tracked ? [ours] : [fromGit, ours]) {
      const verdict = rules.test(name);
      if (verdict.ignored) ignored = true;
      if (verdict.unignored) ignored = false;
    }
  }
  return ignored;
}
