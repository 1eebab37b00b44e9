/** An entry of a folder. */
export interface TreeEntry {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly directory: boolean;
  readonly sizeBytes?: number | null | undefined;
}

/** What is known of a folder: its entries, or that they are on their way, or why not. */
export type FolderState =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "known"; readonly entries: readonly TreeEntry[] };

/** One line of the tree. */
export type TreeRow =
  | {
      readonly kind: "entry";
      readonly entry: TreeEntry;
      readonly name: string;
      readonly depth: number;
      /** Undefined for a file. */
      readonly open: boolean | undefined;
    }
  | {
      readonly kind: "loading" | "failed" | "empty";
      /** The folder that it speaks of. */
      readonly path: string;
      readonly depth: number;
    };

interface Source {
  folder(path: string): FolderState | undefined;
  /** `alone`: its folder holds nothing else. */
  isOpen(path: string, alone: boolean): boolean;
}

/** The visible lines, folders first, each in the order that people count in. */
export function treeRows(source: Source): TreeRow[] {
  const rows: TreeRow[] = [];
  addFolder(source, { path: "", depth: 0 }, rows);
  return rows;
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

function addFolder(source: Source, place: Place, rows: TreeRow[]) {
  const folder = source.folder(place.path);
  if (folder === undefined || folder.kind === "loading") {
    rows.push({ kind: "loading", ...place });
    return;
  }
  if (folder.kind === "failed") {
    rows.push({ kind: "failed", ...place });
    return;
  }
  if (folder.entries.length === 0) rows.push({ kind: "empty", ...place });
  const alone = folder.entries.length === 1;
  for (const entry of folder.entries.toSorted(compareEntries)) {
    const open = entry.directory ? source.isOpen(entry.path, alone) : undefined;
    rows.push({ kind: "entry", entry, name: nameOf(entry.path), depth: place.depth, open });
    if (open) addFolder(source, { path: entry.path, depth: place.depth + 1 }, rows);
  }
}

const natural = new Intl.Collator("en", { numeric: true });

function compareEntries(a: TreeEntry, b: TreeEntry): number {
  return Number(b.directory) - Number(a.directory) || natural.compare(a.path, b.path);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folders above a path, from the top: "a/b/c" → ["a", "a/b"]. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** The folders of a list of files, each with its entries; the root is "". */
export function foldersOf(files: readonly TreeEntry[]): Map<string, TreeEntry[]> {
  const folders = new Map<string, TreeEntry[]>([["", []]]);
  for (const file of files) {
    let parent = "";
    for (const path of foldersAbove(file.path)) {
      if (!folders.has(path)) {
        folders.set(path, []);
        folders.get(parent)?.push({ path, directory: true });
      }
      parent = path;
    }
    folders.get(parent)?.push(file);
  }
  return folders;
}
