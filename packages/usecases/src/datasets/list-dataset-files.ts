import type { DatasetFile } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import type { Page, PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { findVersion } from "./find-version.ts";
import { pageFiles } from "./page-files.ts";

/** The files of a version, by path. */
export async function listDatasetFiles(
  ctx: Context,
  input: { project: string; name: string; version: string } & PageInput,
): Promise<Page<DatasetFile>> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const { name, version } = input;
  const { id } = await findVersion(ctx, { projectId: project.id, name, version });
  return pageFiles(ctx, { table: "dataset_file", id }, input);
}
