import type { Snapshot } from "@tessera/contracts/code";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findSnapshotRow } from "./find-snapshot.ts";
import { presentSnapshot } from "./present-snapshot.ts";

export async function getSnapshot(
  ctx: Context,
  input: { project: string; id: string },
): Promise<Snapshot> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  return presentSnapshot(await findSnapshotRow(ctx, project.id, input.id));
}
