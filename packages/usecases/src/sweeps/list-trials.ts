import type { Trial } from "@tessera/contracts/sweep";
import { authorize } from "../identity/authorize.ts";
import { numericKey, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { readSweep } from "./get-sweep.ts";
import { presentTrial, TRIAL_COLUMNS } from "./present-sweep.ts";

const listSql = {
  name: "list-trials",
  text: `SELECT ${TRIAL_COLUMNS}
         FROM sweep_trial t LEFT JOIN workload w ON w.id = t.workload_id
         WHERE t.sweep_id = $1 AND t.number > $2 ORDER BY t.number LIMIT $3`,
};

/** A sweep's trials, in the order of asking. */
export async function listTrials(
  ctx: Context,
  input: { readonly project: string; readonly id: string } & PageInput,
): Promise<Page<Trial>> {
  const { project } = await authorize(ctx, "sweep.read", { project: input.project });
  const { id } = await readSweep(ctx, project.id, input.id);
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const values = [id, after === null ? -1 : numericKey(after), take];
      return (await ctx.db.pool.query<Parameters<typeof presentTrial>[0]>({ ...listSql, values }))
        .rows;
    },
    ({ number }) => String(number),
  );
  return { ...page, items: page.items.map(presentTrial) };
}
