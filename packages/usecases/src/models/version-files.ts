import type { Artifact } from "@tessera/contracts/run";
import { MlflowError, notFound } from "@tessera/mlflow/errors";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import {
  type ArtifactFolder,
  folderOfModel,
  folderOfRun,
  listFilesBelow,
  type OpenArtifact,
  openFile,
} from "../tracking/artifact-folder.ts";
import { splitArtifactPath } from "../tracking/artifact-paths.ts";
import { findLoggedModel } from "../tracking/find-logged-model.ts";
import { findRun } from "../tracking/find-run.ts";
import { findVersion, type VersionAddress, type VersionRow } from "./find-model.ts";

interface VersionFiles {
  readonly folder: ArtifactFolder;
  /** Of the model within the folder; empty when it is all of it. */
  readonly path: string;
}

/** A path within a folder's path. */
export function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** Where a version's files lie; null when that is elsewhere, or they are gone. */
export async function filesOfVersion(
  ctx: Context,
  projectId: string,
  { storageUri }: VersionRow,
): Promise<VersionFiles | null> {
  const place = /^mlflow-artifacts:\/(.*)$/s.exec(storageUri)?.[1];
  if (place === undefined) return null;
  const address = splitArtifactPath(place);
  const { path } = address;
  try {
    if (address.kind === "run") {
      return { folder: folderOfRun(await findRun(ctx, projectId, address.runId)), path };
    }
    // What was registered is read also after its logged model was deleted.
    const wanted = { projectId, modelId: address.modelId, allowDeleted: true };
    return { folder: folderOfModel(await findLoggedModel(ctx, wanted)), path };
  } catch (error) {
    if (error instanceof MlflowError && error.status === 404) return null;
    throw error;
  }
}

async function readable(ctx: Context, address: VersionAddress): Promise<VersionFiles | null> {
  const { project, name, version } = address;
  const { id: projectId } = (await authorize(ctx, "artifact.read", { project })).project;
  const found = await findVersion(ctx.db.pool, { projectId, name, version });
  return filesOfVersion(ctx, projectId, found);
}

/** Every file of a version; none of one whose files lie elsewhere. */
export async function listVersionFiles(
  ctx: Context,
  input: VersionAddress & PageInput,
): Promise<Page<Artifact>> {
  const files = await readable(ctx, input);
  if (files === null) return { items: [] };
  const { folder, path } = files;
  const page = await pageBy(
    input,
    (window) => listFilesBelow(ctx, folder, { path, ...window }),
    ({ name }) => name,
  );
  return { ...page, items: page.items.map(({ name, ...entry }) => ({ path: name, ...entry })) };
}

/** A file of a version. @throws MlflowError when there is none of that path */
export async function openVersionFile(
  ctx: Context,
  input: VersionAddress & { path: string },
): Promise<OpenArtifact> {
  const files = await readable(ctx, input);
  if (files === null) throw notFound(`No such file: '${input.path}'; the files lie elsewhere`);
  return openFile(ctx, files.folder, inFolder(files.path, input.path));
}
