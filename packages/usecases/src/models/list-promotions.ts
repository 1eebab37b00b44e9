import { ModelPromotion } from "@tessera/contracts/model";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { findModel, type ModelAddress, projectOfModels } from "./find-model.ts";

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly details: {
    readonly version?: number;
    readonly alias?: string;
    readonly stage?: string;
    readonly reason?: string;
  };
}

const kindOf: Readonly<Record<string, ModelPromotion["kind"]>> = {
  "model.alias.set": "alias.set",
  "model.alias.remove": "alias.remove",
  "model-version.stage": "stage",
};

function present({ id, at, actor, action, details }: Row): ModelPromotion {
  return ModelPromotion.parse({
    id,
    at: at.toISOString(),
    actor,
    kind: kindOf[action],
    version: details.version ?? null,
    to: details.alias ?? details.stage ?? "",
    reason: details.reason ?? null,
  });
}

/** What the audit log says of a model's aliases and stages, newest first. */
export async function listPromotions(
  ctx: Context,
  input: ModelAddress & PageInput,
): Promise<Page<ModelPromotion>> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", input);
  const model = await findModel(ctx.db.pool, { projectId, name: input.name });
  // Ids are given in the order of time.
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const { rows } = await ctx.db.pool.query<Row>(
        `SELECT id, at, actor, action, details FROM audit_entry
         WHERE project_id = $1 AND subject = $2 AND action = ANY($3)
           AND ($4::text IS NULL OR id < $4)
         ORDER BY id DESC LIMIT $5`,
        [projectId, model.id, Object.keys(kindOf), after, take],
      );
      return rows;
    },
    ({ id }) => id,
  );
  return { ...page, items: page.items.map(present) };
}
