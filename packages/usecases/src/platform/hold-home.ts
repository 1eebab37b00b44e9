import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { folderHolder, holdFolder } from "@tessera/db/hold-folder";

const words: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "it is on a read-only disk",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "there is a file of that name",
};

/**
 * Makes this process the only platform on a home; the release gives it back.
 *
 * @throws PlatformError failed_precondition while another living process holds it, or when nothing
 *   can be written there.
 */
export function holdHome(home: string): () => void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return holdFolder(join(home, "platform"));
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    const { code = "" } = cause as NodeJS.ErrnoException;
    const why = words[code] ?? String(cause);
    throw new PlatformError("failed_precondition", `The home ${home} cannot be used: ${why}`, {
      cause,
    });
  }
}

/** Notes that a process works on a home as one of its parts, such as "worker"; until the release. */
export function holdPart(home: string, part: string, pid: number): () => void {
  return holdFolder(join(home, "platform", part), pid);
}

/** The living process that works on a home as that part. */
export function partHolder(home: string, part: string): number | undefined {
  return folderHolder(join(home, "platform", part));
}
