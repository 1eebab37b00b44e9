import { dataPathFault } from "@tessera/contracts/dataset";

/** A file with the path that it has in the dataset. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** What systems and version control put into folders. */
const never: readonly string[] = [".DS_Store", "Thumbs.db", ".git", ".hg", ".svn"];

function isWanted({ path }: PickedFile): boolean {
  return !path.split("/").some((part) => never.includes(part));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A folder is given a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function* walk(entry: FileSystemEntry, base: string): AsyncGenerator<PickedFile> {
  const path = `${base}${entry.name}`;
  if (entry.isFile) yield { path, file: await fileOf(entry as FileSystemFileEntry) };
  else if (!never.includes(entry.name)) {
    const entries = await entriesOf(entry as FileSystemDirectoryEntry);
    for (const each of entries) yield* walk(each, `${path}/`);
  }
}

/** The files of what was dropped, folders with all that is in them. */
export async function droppedFiles(items: DataTransferItemList): Promise<PickedFile[]> {
  // The list is emptied when the event is over: all entries are taken at once.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files: PickedFile[] = [];
  for (const entry of entries) for await (const file of walk(entry, "")) files.push(file);
  return withoutCommonFolder(files.filter(isWanted));
}

/** The files that an input gave; those of a folder know their path. */
export function chosenFiles(list: FileList): PickedFile[] {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return withoutCommonFolder(files.filter(isWanted));
}

/** One folder that was dropped is the dataset itself, not a folder in it. */
export function withoutCommonFolder(files: readonly PickedFile[]): PickedFile[] {
  const first = files[0]?.path ?? "";
  const folder = first.slice(0, first.indexOf("/") + 1);
  if (folder === "" || !files.every(({ path }) => path.startsWith(folder))) return [...files];
  return files.map(({ path, file }) => ({ path: path.slice(folder.length), file }));
}

/** Why these files cannot be a version; undefined when they can. */
export function faultOfFiles(files: readonly PickedFile[]): string | undefined {
  if (files.length === 0) return "Drop a folder or files, or choose them";
  const fault = files.map(({ path }) => dataPathFault(path)).find((each) => each !== null);
  return fault ?? undefined;
}
