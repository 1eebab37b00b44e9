import type { Readable } from "node:stream";
import { invalidParameter, notFound } from "@tessera/mlflow/errors";
import type { Context } from "../platform/platform.ts";
import { foldersOf, modelArtifactRoot, pathBelow, runArtifactRoot } from "./artifact-paths.ts";
import type { LoggedModelRow } from "./find-logged-model.ts";
import type { TrackedRun } from "./find-run.ts";

/** The folder of artifacts that a run or a logged model has. */
export interface ArtifactFolder {
  readonly kind: "run" | "model";
  readonly projectId: string;
  /** Of the run or the model. */
  readonly id: string;
  /** Below the project's artifact root. */
  readonly root: string;
  /** The run that changes when a file does. */
  readonly runId: string | null;
}

export function folderOfRun(run: TrackedRun): ArtifactFolder {
  const { id, projectId } = run;
  return { kind: "run", projectId, id, root: runArtifactRoot(run), runId: id };
}

export function folderOfModel(model: LoggedModelRow): ArtifactFolder {
  const { id, projectId, sourceRunId } = model;
  return { kind: "model", projectId, id, root: modelArtifactRoot(model), runId: sourceRunId };
}

/** A file, or a folder that files make. */
export interface ArtifactEntry {
  /** Relative to what was asked for. */
  readonly name: string;
  readonly directory: boolean;
  readonly sizeBytes: number | null;
}

export interface OpenArtifact {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Opens the bytes from `start` up to, and not including, `end`. */
  readonly read: (range?: { start: number; end: number }) => Promise<Readable>;
}

// A path is a file or a folder, not both: no client could write it to a disk.
const put = (column: string) => ({
  name: `put-artifact-${column}`,
  text: `INSERT INTO artifact (project_id, ${column}, path, sha256, size_bytes)
         SELECT $1::text, $2::text, $3::text, $4::text, $5::int8
         WHERE NOT EXISTS (
           SELECT 1 FROM artifact WHERE ${column} = $2 AND starts_with(path, $3::text || '/'))
         AND NOT EXISTS (
           SELECT 1 FROM artifact WHERE project_id = $1 AND path = ANY($6::text[]))
         ON CONFLICT (project_id, path)
         DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes, created_at = now()`,
});

const list = (column: string) => ({
  name: `list-artifacts-${column}`,
  text: `SELECT split_part(rest, '/', 1) COLLATE "C" AS name,
                max(size_bytes) FILTER (WHERE strpos(rest, '/') = 0) AS size
         FROM (SELECT substr(path, length($2::text) + 2) AS rest, size_bytes FROM artifact
               WHERE ${column} = $1 AND starts_with(path, $2::text || '/')) AS below
         WHERE $3::text IS NULL OR split_part(rest, '/', 1) COLLATE "C" > $3
         GROUP BY 1 ORDER BY 1 LIMIT $4`,
});

const files = (column: string) => ({
  name: `list-files-${column}`,
  text: `SELECT substr(path, length($2::text) + 2) COLLATE "C" AS name, size_bytes AS size
         FROM artifact WHERE ${column} = $1 AND starts_with(path, $2::text || '/')
           AND ($3::text IS NULL OR substr(path, length($2::text) + 2) COLLATE "C" > $3)
         ORDER BY 1 LIMIT $4`,
});

const remove = (column: string) => ({
  name: `delete-artifacts-${column}`,
  text: `DELETE FROM artifact
         WHERE ${column} = $1 AND (path = $2 OR starts_with(path, $2::text || '/'))`,
});

const queriesOf = (column: string) => ({
  put: put(column),
  list: list(column),
  files: files(column),
  remove: remove(column),
});

const queries = { run: queriesOf("run_id"), model: queriesOf("model_id") };

function noteChange(ctx: Context, { runId, projectId }: ArtifactFolder): void {
  if (runId !== null) ctx.runActivity.note({ id: runId, projectId });
}

/** Keeps a file, streamed; one of the same path is replaced once the new one is whole. */
export async function putFile(
  ctx: Context,
  folder: ArtifactFolder,
  { path, body }: { path: string; body: Readable },
): Promise<number> {
  const { projectId, id, root, kind } = folder;
  const full = pathBelow(root, path);
  if (full === root) throw invalidParameter("Invalid path: a file needs a name");
  const { sha256, size } = await ctx.blobs.put(body);
  const { rowCount } = await ctx.db.pool.query({
    ...queries[kind].put,
    values: [projectId, id, full, sha256, size, foldersOf(full, root)],
  });
  if (rowCount === 0) {
    throw invalidParameter(`Invalid path: '${path}' is a folder already, or lies below a file`);
  }
  noteChange(ctx, folder);
  return size;
}

/** A file. @throws MlflowError when there is none of that path */
export async function openFile(
  ctx: Context,
  { projectId, root }: ArtifactFolder,
  path: string,
): Promise<OpenArtifact> {
  const full = pathBelow(root, path);
  const { rows } = await ctx.db.pool.query<{ sha256: string; size: string }>({
    name: "find-artifact",
    text: `SELECT sha256, size_bytes AS size FROM artifact WHERE project_id = $1 AND path = $2`,
    values: [projectId, full],
  });
  const [row] = rows;
  if (row === undefined) throw notFound(`No such artifact: '${path}'`);
  return {
    name: full.split("/").at(-1) ?? full,
    size: Number(row.size),
    sha256: row.sha256,
    read: (range) => ctx.blobs.open(row.sha256, range),
  };
}

interface Window {
  readonly path: string;
  readonly after?: string | null;
  readonly take?: number;
}

/** The entries of one folder, by name; none for a folder that is not there. */
export async function listEntries(
  ctx: Context,
  { kind, id, root }: ArtifactFolder,
  { path, after = null, take }: Window,
): Promise<ArtifactEntry[]> {
  const { rows } = await ctx.db.pool.query<{ name: string; size: string | null }>({
    ...queries[kind].list,
    values: [id, pathBelow(root, path), after, take ?? null],
  });
  return rows.map(({ name, size }) => ({
    name,
    directory: size === null,
    sizeBytes: size === null ? null : Number(size),
  }));
}

/** Every file below a path, however deep, by its path from there. */
export async function listFilesBelow(
  ctx: Context,
  { kind, id, root }: ArtifactFolder,
  { path, after = null, take }: Window,
): Promise<ArtifactEntry[]> {
  const { rows } = await ctx.db.pool.query<{ name: string; size: string }>({
    ...queries[kind].files,
    values: [id, pathBelow(root, path), after, take ?? null],
  });
  return rows.map(({ name, size }) => ({ name, directory: false, sizeBytes: Number(size) }));
}

/** Deletes a file, or everything below a folder. @throws MlflowError when nothing is there */
export async function deleteEntries(
  ctx: Context,
  folder: ArtifactFolder,
  path: string,
): Promise<void> {
  const { rowCount } = await ctx.db.pool.query({
    ...queries[folder.kind].remove,
    values: [folder.id, pathBelow(folder.root, path)],
  });
  if (rowCount === 0) throw notFound(`No such artifact: '${path}'`);
  noteChange(ctx, folder);
}
