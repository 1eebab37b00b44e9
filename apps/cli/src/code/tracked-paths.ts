import { git } from "./git.ts";

export type TrackedPaths = ReadonlySet<string>;

/** What git tracks below a folder, and every folder on the way there; relative to it. */
export async function trackedPaths(root: string): Promise<TrackedPaths> {
  const list = (await git(root, "ls-files", "-z")) ?? "";
  const paths = new Set<string>();
  for (const file of list.split("\0")) {
    for (let end = file.length; end > 0; end = file.lastIndexOf("/", end - 1)) {
      const path = file.slice(0, end);
      if (paths.has(path)) break;
      paths.add(path);
    }
  }
  return paths;
}
