/** The path that a relative one means, seen from a file; undefined where it leads out. */
export function resolveBeside(file: string, target: string): string | undefined {
  const [path = ""] = target.split(/[?#]/);
  const parts = path.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(decoded(part));
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
