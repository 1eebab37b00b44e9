import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "../platform/platform.ts";

/** The folders that a path lies in, outermost first. */
function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

export function fileAndFolder(path: string): PlatformError {
  const message = `the path ${JSON.stringify(path)} is a file and also a folder`;
  return new PlatformError("invalid_argument", message, { issues: [{ path, message }] });
}

/** Refuses paths that lie below a file of the draft: no disk could hold both. */
export async function refuseBelowFiles(
  ctx: Context,
  draftId: string,
  paths: readonly string[],
): Promise<void> {
  const folders = new Set(paths.flatMap(foldersOf));
  const own = paths.find((path) => folders.has(path));
  if (own !== undefined) throw fileAndFolder(own);
  const file = await ctx.db.prisma.draftFile.findFirst({
    where: { draftId, path: { in: [...folders] } },
  });
  if (file !== null) throw fileAndFolder(file.path);
}
