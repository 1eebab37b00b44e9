export type DiffLineKind = "context" | "added" | "removed" | "note";

export interface DiffLine {
  kind: DiffLineKind;
  text: string;
  /** Line numbers, from 1; undefined on the side where the line is not. */
  oldNumber: number | undefined;
  newNumber: number | undefined;
}

export interface DiffHunk {
  /** The whole "@@ … @@" line. */
  heading: string;
  lines: DiffLine[];
}

export interface DiffFile {
  path: string;
  /** Where it was before, when it was moved. */
  oldPath: string | undefined;
  status: "modified" | "added" | "deleted" | "renamed";
  binary: boolean;
  hunks: DiffHunk[];
  added: number;
  removed: number;
}

/** Reads a unified diff as git writes it. What it does not know it passes over. */
export function parseDiff(text: string): DiffFile[] {
  const files: DiffFile[] = [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const cursor = new HunkCursor();
  for (const raw of lines) {
    const line = raw.replace(/\r$/, "");
    const file = files.at(-1);
    if (cursor.inside && file) cursor.take(line, file);
    else if (line.startsWith("diff --git ")) files.push(newFile(gitPath(line)));
    else if (line.startsWith("--- ") && (!file || file.hunks.length > 0))
      files.push(newFile(pathOf(line.slice(4))));
    else if (file) readHeader(line, file, cursor);
  }
  return files;
}

function newFile(path: string): DiffFile {
  return {
    path,
    oldPath: undefined,
    status: "modified",
    binary: false,
    hunks: [],
    added: 0,
    removed: 0,
  };
}

function readHeader(line: string, file: DiffFile, cursor: HunkCursor) {
  if (line.startsWith("@@ ")) cursor.begin(line, file);
  else if (line.startsWith("new file")) file.status = "added";
  else if (line.startsWith("deleted file")) file.status = "deleted";
  else if (line.startsWith("rename from ")) {
    file.status = "renamed";
    file.oldPath = unquote(line.slice(12));
  } else if (line.startsWith("rename to ")) file.path = unquote(line.slice(10));
  else if (line.startsWith("Binary files ") || line === "GIT binary patch") file.binary = true;
  else if (line.startsWith("--- ")) readOldPath(line.slice(4), file);
  else if (line.startsWith("+++ ")) readNewPath(line.slice(4), file);
}

function readOldPath(text: string, file: DiffFile) {
  if (text.startsWith("/dev/null")) file.status = "added";
  else if (file.path === "") file.path = pathOf(text);
}

function readNewPath(text: string, file: DiffFile) {
  if (text.startsWith("/dev/null")) file.status = "deleted";
  else file.path = pathOf(text);
}

/** The path of a `---` or `+++` line: without its a/ or b/, and without a timestamp. */
function pathOf(text: string): string {
  return unquote(text.split("\t")[0] ?? text).replace(/^[ab]\//, "");
}

function gitPath(line: string): string {
  const match = /^diff --git (?:"?a\/.*?"?) "?b\/(.*?)"?$/.exec(line);
  return match?.[1] ?? "";
}

/** Git quotes names with unusual characters, and writes their bytes in octal. */
function unquote(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"')) return text;
  const bytes: number[] = [];
  for (const [piece] of text.slice(1, -1).matchAll(/\\[0-7]{3}|\\.|[^\\]+/gs)) {
    if (/^\\[0-7]{3}$/.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 8));
    else bytes.push(...new TextEncoder().encode(piece.replace(/^\\/, "")));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Counts down what a hunk's heading promised: inside it "--- x" is a removed line. */
class HunkCursor {
  #oldLeft = 0;
  #newLeft = 0;
  #oldNumber = 0;
  #newNumber = 0;

  get inside(): boolean {
    return this.#oldLeft > 0 || this.#newLeft > 0;
  }

  begin(line: string, file: DiffFile) {
    const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!match) return;
    this.#oldNumber = Number(match[1]);
    this.#oldLeft = Number(match[2] ?? 1);
    this.#newNumber = Number(match[3]);
    this.#newLeft = Number(match[4] ?? 1);
    file.hunks.push({ heading: line, lines: [] });
  }

  take(line: string, file: DiffFile) {
    const hunk = file.hunks.at(-1);
    const text = line.slice(1);
    if (line.startsWith("+")) {
      file.added += 1;
      this.#newLeft -= 1;
      hunk?.lines.push({ kind: "added", text, oldNumber: undefined, newNumber: this.#newNumber++ });
    } else if (line.startsWith("-")) {
      file.removed += 1;
      this.#oldLeft -= 1;
      hunk?.lines.push({
        kind: "removed",
        text,
        oldNumber: this.#oldNumber++,
        newNumber: undefined,
      });
    } else if (line.startsWith("\\")) {
      hunk?.lines.push({
        kind: "note",
        text: text.trim(),
        oldNumber: undefined,
        newNumber: undefined,
      });
    } else {
      this.#oldLeft -= 1;
      this.#newLeft -= 1;
      hunk?.lines.push({
        kind: "context",
        text,
        oldNumber: this.#oldNumber++,
        newNumber: this.#newNumber++,
      });
    }
  }
}
