import { PlatformError } from "@tessera/contracts/errors";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import type { OpenArtifact } from "../tracking/artifact-folder.ts";
import { findVersion } from "./find-version.ts";

/** One file of a version, whose bytes can be read in ranges. */
export async function openDatasetFile(
  ctx: Context,
  input: { project: string; name: string; version: string; path: string },
): Promise<OpenArtifact> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const { name, version, path } = input;
  const found = await findVersion(ctx, { projectId: project.id, name, version });
  const file = await ctx.db.prisma.datasetFile.findUnique({
    where: { versionId_path: { versionId: found.id, path } },
  });
  if (file === null) {
    throw new PlatformError("not_found", `There is no file "${path}" in ${name}@${found.number}`);
  }
  return {
    name: path.split("/").at(-1) ?? path,
    size: Number(file.sizeBytes),
    sha256: file.sha256,
    read: (range) => ctx.blobs.open(file.sha256, range),
  };
}
