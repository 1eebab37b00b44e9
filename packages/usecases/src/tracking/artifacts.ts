import type { Readable } from "node:stream";
import { invalidParameter, notFound } from "@tessera/mlflow/errors";
import { readArtifactPath } from "@tessera/mlflow/wire/artifact-requests";
import type { Context } from "../platform/platform.ts";
import {
  foldersOf,
  runArtifactPath,
  runArtifactRoot,
  splitArtifactPath,
} from "./artifact-paths.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import { readableRun, type TrackedRun, writableRun } from "./find-run.ts";

/** A file, or a folder that files make. */
export interface ArtifactEntry {
  /** Relative to what was asked for. */
  readonly name: string;
  readonly directory: boolean;
  readonly sizeBytes: number | null;
}

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

// A path is a file or a folder, not both: no client could write it to a disk.
const PUT = {
  name: "put-artifact",
  text: `INSERT INTO artifact (project_id, run_id, path, sha256, size_bytes)
         SELECT $1::text, $2::text, $3::text, $4::text, $5::int8
         WHERE NOT EXISTS (
           SELECT 1 FROM artifact WHERE run_id = $2 AND starts_with(path, $3::text || '/'))
         AND NOT EXISTS (
           SELECT 1 FROM artifact WHERE project_id = $1 AND path = ANY($6::text[]))
         ON CONFLICT (project_id, path)
         DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes, created_at = now()`,
};

async function putFile(
  ctx: Context,
  run: TrackedRun,
  { path, body }: { path: string; body: Readable },
): Promise<number> {
  const full = runArtifactPath(run, path);
  const root = runArtifactRoot(run);
  if (full === root) throw invalidParameter("Invalid path: a file needs a name");
  const { sha256, size } = await ctx.blobs.put(body);
  const { rowCount } = await ctx.db.pool.query({
    ...PUT,
    values: [run.projectId, run.id, full, sha256, size, foldersOf(full, root)],
  });
  if (rowCount === 0) {
    throw invalidParameter(`Invalid path: '${path}' is a folder already, or lies below a file`);
  }
  ctx.runActivity.note(run);
  return size;
}

/** Keeps a file under a run, streamed; one of the same path is replaced once the new one is whole. */
export async function putRunArtifact(
  ctx: Context,
  input: RunPlace & { readonly body: Readable },
): Promise<{ path: string; directory: false; sizeBytes: number }> {
  const run = await writableRun(ctx, input, "artifact.write");
  const sizeBytes = await putFile(ctx, run, input);
  return { path: readArtifactPath(input.path), directory: false, sizeBytes };
}

/** Keeps a file at an address of the artifact proxy. */
export async function putArtifact(
  ctx: Context,
  input: Place & { readonly body: Readable },
): Promise<void> {
  const { project, body, path } = input;
  await putRunArtifact(ctx, { project, body, ...splitArtifactPath(path) });
}

export interface OpenArtifact {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Opens the bytes from `start` up to, and not including, `end`. */
  readonly read: (range?: { start: number; end: number }) => Promise<Readable>;
}

/** A file of a run. @throws MlflowError when there is none of that path */
export async function openRunArtifact(ctx: Context, input: RunPlace): Promise<OpenArtifact> {
  const run = await readableRun(ctx, input, "artifact.read");
  const path = runArtifactPath(run, input.path);
  const { rows } = await ctx.db.pool.query<{ sha256: string; size: string }>({
    name: "find-artifact",
    text: `SELECT sha256, size_bytes AS size FROM artifact WHERE project_id = $1 AND path = $2`,
    values: [run.projectId, path],
  });
  const [row] = rows;
  if (row === undefined) throw notFound(`No such artifact: '${input.path}'`);
  return {
    name: path.split("/").at(-1) ?? path,
    size: Number(row.size),
    sha256: row.sha256,
    read: (range) => ctx.blobs.open(row.sha256, range),
  };
}

export async function openArtifact(ctx: Context, { project, path }: Place): Promise<OpenArtifact> {
  return openRunArtifact(ctx, { project, ...splitArtifactPath(path) });
}

interface Below {
  readonly path: string;
  readonly after?: string | null;
  readonly take?: number;
}

async function listBelow(
  ctx: Context,
  runId: string,
  { path, after = null, take }: Below,
): Promise<ArtifactEntry[]> {
  const { rows } = await ctx.db.pool.query<{ name: string; size: string | null }>({
    name: "list-artifacts",
    text: `SELECT split_part(rest, '/', 1) COLLATE "C" AS name,
                  max(size_bytes) FILTER (WHERE strpos(rest, '/') = 0) AS size
           FROM (SELECT substr(path, length($2::text) + 2) AS rest, size_bytes FROM artifact
                 WHERE run_id = $1 AND starts_with(path, $2::text || '/')) AS below
           WHERE $3::text IS NULL OR split_part(rest, '/', 1) COLLATE "C" > $3
           GROUP BY 1 ORDER BY 1 LIMIT $4`,
    values: [runId, path, after, take ?? null],
  });
  return rows.map(({ name, size }) => ({
    name,
    directory: size === null,
    sizeBytes: size === null ? null : Number(size),
  }));
}

/** The entries of one folder of a run's artifacts; empty for a folder that is not there. */
export async function listRunArtifacts(ctx: Context, input: RunPlace): Promise<ArtifactEntry[]> {
  const run = await readableRun(ctx, input, "artifact.read");
  return listBelow(ctx, run.id, { path: runArtifactPath(run, input.path) });
}

const usualPage = 1000;

/** The entries of one folder of a run's artifacts, page by page. */
export async function pageRunArtifacts(
  ctx: Context,
  input: RunPlace & PageInput,
): Promise<Page<ArtifactEntry>> {
  const run = await readableRun(ctx, input, "artifact.read");
  const path = runArtifactPath(run, input.path);
  return pageBy(
    { ...input, limit: input.limit ?? usualPage },
    (window) => listBelow(ctx, run.id, { path, ...window }),
    ({ name }) => name,
  );
}

export async function listArtifacts(
  ctx: Context,
  { project, path }: Place,
): Promise<ArtifactEntry[]> {
  return listRunArtifacts(ctx, { project, ...splitArtifactPath(path) });
}

/** Deletes a file, or everything below a folder. @throws MlflowError when nothing is there */
export async function deleteArtifact(ctx: Context, { project, path }: Place): Promise<void> {
  const place = splitArtifactPath(path);
  const run = await writableRun(ctx, { project, runId: place.runId }, "artifact.write");
  const full = runArtifactPath(run, place.path);
  const { rowCount } = await ctx.db.pool.query(
    `DELETE FROM artifact WHERE run_id = $1 AND (path = $2 OR starts_with(path, $2::text || '/'))`,
    [run.id, full],
  );
  if (rowCount === 0) throw notFound(`No such artifact: '${place.path}'`);
  ctx.runActivity.note(run);
}
