import type { RunModel } from "@tessera/contracts/model";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { runArtifactRoot, runArtifactUri } from "../tracking/artifact-paths.ts";
import { findRun, type TrackedRun } from "../tracking/find-run.ts";

interface Row {
  readonly name: string;
  readonly source: string;
  readonly loggedModelId: string | null;
  readonly ready: boolean;
  readonly createdAt: Date;
  readonly registered: { model: string; version: number }[];
}

const registeredWhere = (condition: string): string =>
  `coalesce((SELECT json_agg(json_build_object('model', m.name, 'version', v.number)
                             ORDER BY m.name, v.number)
             FROM model_version v JOIN registered_model m ON m.id = v.model_id
             WHERE m.project_id = $1 AND ${condition}), '[]') AS registered`;

async function loggedModels(ctx: Context, run: TrackedRun): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT l.name, 'models:/' || l.id AS source, l.id AS "loggedModelId",
            l.status = 'LOGGED_MODEL_READY' AS ready, l.created_at AS "createdAt",
            ${registeredWhere("v.logged_model_id = l.id")}
     FROM logged_model l WHERE l.project_id = $1 AND l.source_run_id = $2 AND NOT l.deleted
     ORDER BY l.created_at, l.id LIMIT 500`,
    [run.projectId, run.id],
  );
  return rows;
}

/** Folders among the run's files with an MLmodel in them, as clients before 3.0 log models. */
async function modelFolders(ctx: Context, run: TrackedRun): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT f.folder AS name, 'runs:/' || $2::text || '/' || f.folder AS source,
            NULL AS "loggedModelId", true AS ready, f.created_at AS "createdAt",
            ${registeredWhere("v.storage_uri = $4::text || '/' || f.folder")}
     FROM (SELECT substr(path, length($3::text) + 2, length(path) - length($3::text) - 9) AS folder,
                  created_at
           FROM artifact WHERE run_id = $2 AND path LIKE '%/MLmodel') AS f
     WHERE f.folder <> '' ORDER BY f.folder LIMIT 500`,
    [run.projectId, run.id, runArtifactRoot(run), runArtifactUri(run)],
  );
  return rows;
}

/** The models that a run logged, beside its files or among them. */
export async function listRunModels(
  ctx: Context,
  input: { project: string; id: string },
): Promise<{ items: RunModel[] }> {
  const { project } = await authorize(ctx, "model.read", { project: input.project });
  const run = await findRun(ctx, project.id, input.id);
  const rows = [...(await loggedModels(ctx, run)), ...(await modelFolders(ctx, run))];
  return {
    items: rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
  };
}
