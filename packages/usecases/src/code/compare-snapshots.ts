import { text } from "node:stream/consumers";
import type { FileDiff } from "@tessera/contracts/code";
import type { ManifestFile } from "@tessera/contracts/manifest";
import { createTwoFilesPatch } from "diff";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { digestOf, findSnapshotRow } from "./find-snapshot.ts";
import { readManifest } from "./manifest.ts";

/** A larger file is told to differ, without how. */
const LARGEST = 512 * 1024;
/** Files whose differences are shown line by line. */
const MOST_PATCHES = 200;

async function textOf(ctx: Context, file: ManifestFile | undefined): Promise<string | null> {
  if (file === undefined) return "";
  if (file.sizeBytes > LARGEST) return null;
  const content = await text(await ctx.blobs.open(file.sha256));
  return content.includes("\0") || content.includes("\uFFFD") ? null : content;
}

async function patchOf(
  ctx: Context,
  before: ManifestFile | undefined,
  after: ManifestFile | undefined,
): Promise<string | null> {
  const [old, now] = await Promise.all([textOf(ctx, before), textOf(ctx, after)]);
  if (old === null || now === null) return null;
  const path = (after ?? before)?.path ?? "";
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, old, now, undefined, undefined, {
    context: 3,
  });
}

function changeOf(before?: ManifestFile, after?: ManifestFile): FileDiff["change"] | null {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  const same = before.sha256 === after.sha256 && before.executable === after.executable;
  return same ? null : "changed";
}

/** What changed from one snapshot to another, file by file. */
export async function compareSnapshots(
  ctx: Context,
  input: { project: string; id: string; other: string },
): Promise<{ items: FileDiff[] }> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const [before, after] = await Promise.all(
    [input.id, input.other].map(async (id) => {
      const files = await readManifest(
        ctx.blobs,
        digestOf(await findSnapshotRow(ctx, project.id, id)),
      );
      return new Map(files.map((file) => [file.path, file]));
    }),
  );
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  const items: FileDiff[] = [];
  for (const path of [...paths].sort()) {
    const old = before?.get(path);
    const now = after?.get(path);
    const change = changeOf(old, now);
    if (change === null) continue;
    const patch = items.length < MOST_PATCHES ? await patchOf(ctx, old, now) : null;
    items.push({ path, change, patch });
  }
  return { items };
}
