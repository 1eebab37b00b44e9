import type { RunModel } from "@tessera/contracts/model";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { runArtifactRoot, runArtifactUri } from "../tracking/artifact-paths.ts";
import { findRun } from "../tracking/find-run.ts";

interface Row {
  readonly name: string;
  readonly source: string;
  readonly loggedModelId: string | null;
  readonly ready: boolean;
  readonly createdAt: Date;
  readonly registered: { model: string; version: number }[];
}

// Logged models in the order of their ids, which is that of time; then folders among the run's files
// with an MLmodel in them, as clients before 3.0 log models. $3 is the run's root, $4 its address.
const FIND = {
  name: "list-run-models",
  text: `WITH found AS (
    SELECT l.name, 'models:/' || l.id AS source, l.id AS logged, NULL AS folder,
           l.status = 'LOGGED_MODEL_READY' AS ready, l.created_at
    FROM logged_model l WHERE l.project_id = $1 AND l.source_run_id = $2 AND NOT l.deleted
    UNION ALL
    SELECT f.folder, 'runs:/' || $2::text || '/' || f.folder, NULL, f.folder, true, f.created_at
    FROM (SELECT substr(path, length($3::text) + 2, length(path) - length($3::text) - 9) AS folder,
                 created_at
          FROM artifact WHERE run_id = $2 AND path LIKE '%/MLmodel') AS f
    WHERE f.folder <> '')
  SELECT f.name, f.source, f.logged AS "loggedModelId", f.ready, f.created_at AS "createdAt",
         coalesce((SELECT json_agg(json_build_object('model', m.name, 'version', v.number)
                                   ORDER BY m.name, v.number)
                   FROM model_version v JOIN registered_model m ON m.id = v.model_id
                   WHERE m.project_id = $1 AND (v.logged_model_id = f.logged
                     OR (v.run_id = $2 AND v.storage_uri = $4::text || '/' || f.folder))),
                  '[]') AS registered
  FROM found f WHERE $5::text IS NULL OR f.source COLLATE "C" > $5
  ORDER BY f.source COLLATE "C" LIMIT $6`,
};

/** The models that a run logged, beside its files or among them. */
export async function listRunModels(
  ctx: Context,
  input: { project: string; id: string } & PageInput,
): Promise<Page<RunModel>> {
  const { project } = await authorize(ctx, "model.read", { project: input.project });
  const run = await findRun(ctx, project.id, input.id);
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const values = [project.id, run.id, runArtifactRoot(run), runArtifactUri(run), after, take];
      return (await ctx.db.pool.query<Row>({ ...FIND, values })).rows;
    },
    ({ source }) => source,
  );
  return {
    ...page,
    items: page.items.map(({ createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
    })),
  };
}
