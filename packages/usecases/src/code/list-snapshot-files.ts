import type { SnapshotFile } from "@tessera/contracts/code";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { digestOf, findSnapshotRow } from "./find-snapshot.ts";
import { readManifest } from "./manifest.ts";

export async function listSnapshotFiles(
  ctx: Context,
  input: { project: string; id: string },
): Promise<{ items: SnapshotFile[] }> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const row = await findSnapshotRow(ctx, project.id, input.id);
  return { items: await readManifest(ctx.blobs, digestOf(row)) };
}
