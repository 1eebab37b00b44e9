import type { Readable } from "node:stream";
import { readArtifactPath } from "@tessera/mlflow/wire/artifact-requests";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import {
  type ArtifactEntry,
  type ArtifactFolder,
  deleteEntries,
  folderOfModel,
  folderOfRun,
  listEntries,
  type OpenArtifact,
  openFile,
  putFile,
} from "./artifact-folder.ts";
import { splitArtifactPath } from "./artifact-paths.ts";
import {
  type LoggedModelRow,
  readableLoggedModel,
  writableLoggedModel,
} from "./find-logged-model.ts";
import { readableRun, writableRun } from "./find-run.ts";

interface Place {
  readonly project: string;
  /** Below the project's artifact root: `<experiment>/<run>/artifacts/…`. */
  readonly path: string;
}

interface RunPlace {
  readonly project: string;
  readonly runId: string;
  /** Below the run's artifacts. */
  readonly path: string;
}

/** The folder that an address lies in, for a caller who may do this there, and the path in it. */
async function folderAt(
  ctx: Context,
  { project, path }: Place,
  action: "artifact.read" | "artifact.write",
): Promise<{ folder: ArtifactFolder; path: string }> {
  const address = splitArtifactPath(path);
  if (address.kind === "model") {
    const model = await modelAt(ctx, { project, modelId: address.modelId }, action);
    return { folder: folderOfModel(model), path: address.path };
  }
  const at = { project, runId: address.runId };
  const run =
    action === "artifact.read"
      ? await readableRun(ctx, at, action)
      : await writableRun(ctx, at, action);
  return { folder: folderOfRun(run), path: address.path };
}

function modelAt(
  ctx: Context,
  at: { project: string; modelId: string },
  action: "artifact.read" | "artifact.write",
): Promise<LoggedModelRow> {
  if (action === "artifact.write") return writableLoggedModel(ctx, at, action);
  // What was registered is read also after its logged model was deleted.
  return readableLoggedModel(ctx, { ...at, allowDeleted: true }, action);
}

/** Keeps a file under a run, streamed; one of the same path is replaced once the new one is whole. */
export async function putRunArtifact(
  ctx: Context,
  input: RunPlace & { readonly body: Readable },
): Promise<{ path: string; directory: false; sizeBytes: number }> {
  const run = await writableRun(ctx, input, "artifact.write");
  const sizeBytes = await putFile(ctx, folderOfRun(run), input);
  return { path: readArtifactPath(input.path), directory: false, sizeBytes };
}

/** Keeps a file at an address of the artifact proxy. */
export async function putArtifact(
  ctx: Context,
  input: Place & { readonly body: Readable },
): Promise<void> {
  const { folder, path } = await folderAt(ctx, input, "artifact.write");
  await putFile(ctx, folder, { path, body: input.body });
}

/** A file of a run. @throws MlflowError when there is none of that path */
export async function openRunArtifact(ctx: Context, input: RunPlace): Promise<OpenArtifact> {
  const run = await readableRun(ctx, input, "artifact.read");
  return openFile(ctx, folderOfRun(run), input.path);
}

/** A file at an address of the artifact proxy. */
export async function openArtifact(ctx: Context, place: Place): Promise<OpenArtifact> {
  const { folder, path } = await folderAt(ctx, place, "artifact.read");
  return openFile(ctx, folder, path);
}

/** The entries of one folder of a run's artifacts; empty for a folder that is not there. */
export async function listRunArtifacts(ctx: Context, input: RunPlace): Promise<ArtifactEntry[]> {
  const run = await readableRun(ctx, input, "artifact.read");
  return listEntries(ctx, folderOfRun(run), { path: input.path });
}

const usualPage = 1000;

/** The entries of one folder of a run's artifacts, page by page. */
export async function pageRunArtifacts(
  ctx: Context,
  input: RunPlace & PageInput,
): Promise<Page<ArtifactEntry>> {
  const folder = folderOfRun(await readableRun(ctx, input, "artifact.read"));
  return pageBy(
    { ...input, limit: input.limit ?? usualPage },
    (window) => listEntries(ctx, folder, { path: input.path, ...window }),
    ({ name }) => name,
  );
}

/** The entries of one folder of a logged model's files. */
export async function listModelArtifacts(
  ctx: Context,
  input: { project: string; modelId: string; path: string },
): Promise<{ root: string; entries: ArtifactEntry[] }> {
  const folder = folderOfModel(await readableLoggedModel(ctx, input, "artifact.read"));
  return { root: folder.root, entries: await listEntries(ctx, folder, { path: input.path }) };
}

/** The entries of a folder at an address of the artifact proxy. */
export async function listArtifacts(ctx: Context, place: Place): Promise<ArtifactEntry[]> {
  const { folder, path } = await folderAt(ctx, place, "artifact.read");
  return listEntries(ctx, folder, { path });
}

/** Deletes a file, or everything below a folder. @throws MlflowError when nothing is there */
export async function deleteArtifact(ctx: Context, place: Place): Promise<void> {
  const { folder, path } = await folderAt(ctx, place, "artifact.write");
  await deleteEntries(ctx, folder, path);
}
