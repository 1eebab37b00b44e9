import type { Readable } from "node:stream";
import { PlatformError } from "@tessera/contracts/errors";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { digestOf, findSnapshotRow } from "./find-snapshot.ts";
import { readManifest } from "./manifest.ts";

interface OpenFile {
  readonly name: string;
  readonly size: number;
  readonly body: Readable;
}

/** One file of a snapshot, as it is. */
export async function openSnapshotFile(
  ctx: Context,
  input: { project: string; id: string; path: string },
): Promise<OpenFile> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const row = await findSnapshotRow(ctx, project.id, input.id);
  const files = await readManifest(ctx.blobs, digestOf(row));
  const file = files.find((each) => each.path === input.path);
  if (!file) throw new PlatformError("not_found", `There is no file "${input.path}" in it`);
  const name = file.path.split("/").at(-1) ?? file.path;
  return { name, size: file.sizeBytes, body: await ctx.blobs.open(file.sha256) };
}

/** The uncommitted diff that was recorded with a snapshot. */
export async function openSnapshotDiff(
  ctx: Context,
  input: { project: string; id: string },
): Promise<OpenFile> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const row = await findSnapshotRow(ctx, project.id, input.id);
  const sha256 = row.diffSha256;
  const blob = sha256 === null ? null : await ctx.blobs.stat(sha256);
  if (sha256 === null || blob === null) {
    throw new PlatformError("not_found", "No uncommitted diff was recorded with this snapshot");
  }
  return { name: "uncommitted.diff", size: blob.size, body: await ctx.blobs.open(sha256) };
}
