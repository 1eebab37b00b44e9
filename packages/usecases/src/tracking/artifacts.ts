import type { Readable } from "node:stream";
import { PlatformError } from "@tessera/contracts/errors";
import { runNotInState } from "@tessera/mlflow/faults";
import { invalidParameter, notFound } from "@tessera/mlflow/errors";
import { readArtifactPath } from "@tessera/mlflow/wire/artifact-requests";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { runArtifactRoot } from "./artifact-paths.ts";
import { findRun, readableRun, type TrackedRun, writableRun } from "./find-run.ts";

/** Longest path below a project's artifact root. */
const LONGEST_PATH = 2000;

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

/** A full path from a run's own. @throws MlflowError for a path that leads out */
function fullPath(run: TrackedRun, path: string): string {
  const plain = readArtifactPath(path);
  const full = plain === "" ? runArtifactRoot(run) : `${runArtifactRoot(run)}/${plain}`;
  if (full.length > LONGEST_PATH) throw invalidParameter("Invalid path: it is too long");
  return full;
}

/** The run and the path within it that an address of the artifact proxy means. */
function splitPlace({ path }: Place): { runId: string; path: string } {
  const plain = readArtifactPath(path);
  const match = /^\d+\/([a-zA-Z0-9][\w-]*)\/artifacts(?:\/(.*))?$/.exec(plain);
  const [, runId, rest = ""] = match ?? [];
  if (runId === undefined) {
    throw invalidParameter(
      "Invalid path: artifacts lie at <experiment id>/<run id>/artifacts/<path>",
    );
  }
  return { runId, path: rest };
}

async function putFile(
  ctx: Context,
  run: TrackedRun,
  { path, body }: { path: string; body: Readable },
): Promise<number> {
  const full = fullPath(run, path);
  if (full === runArtifactRoot(run)) throw invalidParameter("Invalid path: a file needs a name");
  const { sha256, size } = await ctx.blobs.put(body);
  await ctx.db.pool.query({
    name: "put-artifact",
    text: `INSERT INTO artifact (project_id, path, sha256, size_bytes) VALUES ($1, $2, $3, $4)
           ON CONFLICT (project_id, path)
           DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes, created_at = now()`,
    values: [run.projectId, full, sha256, size],
  });
  return size;
}

/** Keeps a file under a run, streamed; one of the same path is replaced once the new one is whole. */
export async function putRunArtifact(
  ctx: Context,
  input: RunPlace & { readonly body: Readable },
): Promise<{ path: string; directory: false; sizeBytes: number }> {
  await authorize(ctx, "artifact.write", { project: input.project });
  const run = await writableRun(ctx, input);
  const sizeBytes = await putFile(ctx, run, input);
  return { path: readArtifactPath(input.path), directory: false, sizeBytes };
}

/** Keeps a file at an address of the artifact proxy. */
export async function putArtifact(
  ctx: Context,
  input: Place & { readonly body: Readable },
): Promise<void> {
  const { project, body } = input;
  await putRunArtifact(ctx, { project, body, ...splitPlace(input) });
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
  const { project } = await authorize(ctx, "artifact.read", { project: input.project });
  const run = await findRun(ctx, project.id, input.runId);
  const path = fullPath(run, input.path);
  const row = await ctx.db.prisma.artifact.findUnique({
    where: { projectId_path: { projectId: run.projectId, path } },
  });
  if (row === null) throw notFound(`No such artifact: '${input.path}'`);
  const size = Number(row.sizeBytes);
  return {
    name: path.split("/").at(-1) ?? path,
    size,
    sha256: row.sha256,
    read: (range) => ctx.blobs.open(row.sha256, range),
  };
}

export async function openArtifact(ctx: Context, input: Place): Promise<OpenArtifact> {
  return openRunArtifact(ctx, { project: input.project, ...splitPlace(input) });
}

async function listBelow(ctx: Context, projectId: string, path: string): Promise<ArtifactEntry[]> {
  const { rows } = await ctx.db.pool.query<{ name: string; size: string | null }>({
    name: "list-artifacts",
    text: `SELECT split_part(rest, '/', 1) COLLATE "C" AS name,
                  max(size_bytes) FILTER (WHERE strpos(rest, '/') = 0) AS size
           FROM (SELECT substr(path, length($2::text) + 2) AS rest, size_bytes FROM artifact
                 WHERE project_id = $1 AND starts_with(path, $2::text || '/')) AS below
           GROUP BY 1 ORDER BY 1`,
    values: [projectId, path],
  });
  return rows.map(({ name, size }) => ({
    name,
    directory: size === null,
    sizeBytes: size === null ? null : Number(size),
  }));
}

/** The entries of one folder of a run's artifacts; empty for a folder that is not there. */
export async function listRunArtifacts(ctx: Context, input: RunPlace): Promise<ArtifactEntry[]> {
  await authorize(ctx, "artifact.read", { project: input.project });
  const run = await readableRun(ctx, input);
  return listBelow(ctx, run.projectId, fullPath(run, input.path));
}

export async function listArtifacts(ctx: Context, input: Place): Promise<ArtifactEntry[]> {
  return listRunArtifacts(ctx, { project: input.project, ...splitPlace(input) });
}

/** Deletes a file, or everything below a folder. */
export async function deleteArtifact(ctx: Context, input: Place): Promise<void> {
  const { project } = await authorize(ctx, "artifact.write", { project: input.project });
  const place = splitPlace(input);
  const run = await writableRun(ctx, { project: input.project, runId: place.runId });
  if (run.deleted) throw runNotInState(run.id, "active");
  const path = fullPath(run, place.path);
  const { rowCount } = await ctx.db.pool.query(
    `DELETE FROM artifact WHERE project_id = $1 AND (path = $2 OR starts_with(path, $2::text || '/'))`,
    [project.id, path],
  );
  if (rowCount === 0) throw new PlatformError("not_found", `No such artifact: '${place.path}'`);
}
