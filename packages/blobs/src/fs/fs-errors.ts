import { PlatformError } from "@tessera/contracts/errors";

const full = new Set(["ENOSPC", "EDQUOT"]);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

/** Does work on the file system, and says in words what went wrong with it. */
export async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    if (full.has(codeOf(cause))) {
      throw new PlatformError("disk_full", "The disk of the blob store is full", { cause });
    }
    throw new PlatformError("unavailable", `The blob store's disk failed (${codeOf(cause)})`, {
      cause,
    });
  }
}
