import type { ModelVersion, RegisteredModel } from "@tessera/contracts/model";
import { numericKey, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import {
  findModel,
  MODEL_COLUMNS,
  type ModelAddress,
  type ModelRow,
  projectOfModels,
  VERSION_COLUMNS,
  type VersionRow,
} from "./find-model.ts";
import { presentModels, presentVersions } from "./present-model.ts";
import { PROMPT_TAG } from "./search-registry.ts";

/** A project's registered models by name; prompts, which MLflow keeps among them, are left out. */
export async function listModels(
  ctx: Context,
  input: { project: string } & PageInput,
): Promise<Page<RegisteredModel>> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", input);
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const { rows } = await ctx.db.pool.query<ModelRow>(
        `SELECT ${MODEL_COLUMNS} FROM registered_model m
         WHERE m.project_id = $1 AND ($2::text IS NULL OR m.name COLLATE "C" > $2)
           AND NOT EXISTS (SELECT 1 FROM registered_model_tag t
                           WHERE t.model_id = m.id AND t.key = $4 AND t.value = 'true')
         ORDER BY m.name COLLATE "C" LIMIT $3`,
        [projectId, after, take, PROMPT_TAG],
      );
      return rows;
    },
    ({ name }) => name,
  );
  return { ...page, items: await presentModels(ctx, projectId, page.items) };
}

/** The versions of a model, newest first. */
export async function listVersions(
  ctx: Context,
  input: ModelAddress & PageInput,
): Promise<Page<ModelVersion>> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", input);
  const model = await findModel(ctx.db.pool, { projectId, name: input.name });
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const { rows } = await ctx.db.pool.query<VersionRow>(
        `SELECT ${VERSION_COLUMNS} FROM model_version v JOIN registered_model m ON m.id = v.model_id
         WHERE v.model_id = $1 AND ($2::int4 IS NULL OR v.number < $2)
         ORDER BY v.number DESC LIMIT $3`,
        [model.id, after === null ? null : numericKey(after), take],
      );
      return rows;
    },
    ({ number }) => String(number),
  );
  return { ...page, items: await presentVersions(ctx, projectId, page.items) };
}
