import { type FolderState, nameOf, type TreeEntry } from "../../../parts/file-tree/tree-rows.ts";
import { type PreviewKind, previewKind } from "../files/preview-kind.ts";

/** What tells most at first sight comes first. */
const order: readonly PreviewKind[] = ["markdown", "page", "image", "csv", "json", "text"];
const largest = 2 * 1024 * 1024;

/**
 * The file to show when none was chosen: the most telling one of the root, or of the folders that
 * are alone in theirs. Undefined while that is not known, and where nothing has a preview.
 */
export function firstArtifact(
  folder: (path: string) => FolderState | undefined,
): string | undefined {
  let entries = entriesOf(folder(""));
  while (entries.length === 1 && entries[0]?.directory)
    entries = entriesOf(folder(entries[0].path));
  const files = entries
    .filter(({ directory, sizeBytes }) => !directory && (sizeBytes ?? 0) <= largest)
    .map(({ path }) => ({ path, rank: order.indexOf(previewKind(path)) }))
    .filter(({ rank }) => rank !== -1)
    .toSorted((a, b) => a.rank - b.rank || nameOf(a.path).localeCompare(nameOf(b.path)));
  return files[0]?.path;
}

function entriesOf(folder: FolderState | undefined): readonly TreeEntry[] {
  return folder?.kind === "known" ? folder.entries : [];
}
