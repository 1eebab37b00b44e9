const maxDepth = 100;
const maxPartBytes = 255;

/** The path without `.` parts and doubled slashes: what it names, relative to a folder. */
export function normalizedPath(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** What makes a path unsafe below a folder of ours, as the end of a sentence; null if nothing. */
export function pathFault(path: string): string | null {
  if (path === "") return "has no name";
  if (path.includes("\0")) return "has a NUL character in its name";
  if (path.split("").some(isControl)) return "has a control character in its name";
  if (Buffer.from(path).toString() !== path) return "has a name that is not valid Unicode";
  if (path.startsWith("/")) return "has an absolute path";
  if (/^[a-z]:/i.test(path)) return "has a path with a drive letter";
  if (path.includes("\\")) return "has a backslash in its path";
  const parts = path.split("/");
  if (parts.includes("..")) return 'has ".." in its path';
  if (parts.length > maxDepth) return `lies more than ${maxDepth} folders deep`;
  if (parts.some((part) => Buffer.byteLength(part) > maxPartBytes)) {
    return `has a part of more than ${maxPartBytes} bytes in its path`;
  }
  return null;
}

function isControl(character: string): boolean {
  return character < " " || character === "\u007f";
}

/** The first of the files that is also a folder of another path; null if none is. */
export function fileAndFolder(files: ReadonlySet<string>, paths: Iterable<string>): string | null {
  for (const path of paths) {
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      if (files.has(folder)) return folder;
    }
  }
  return null;
}

/** A name of any origin, made harmless and short for a message. */
export function shown(name: string): string {
  return name.length > 200 ? `${JSON.stringify(name.slice(0, 200))}…` : JSON.stringify(name);
}
