import type { DatasetVersion } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findVersion } from "./find-version.ts";
import { presentVersion } from "./present-version.ts";

/** One version, by its number, a tag or "latest". */
export async function getDatasetVersion(
  ctx: Context,
  input: { project: string; name: string; version: string },
): Promise<DatasetVersion> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const { name, version } = input;
  return presentVersion(await findVersion(ctx, { projectId: project.id, name, version }));
}
