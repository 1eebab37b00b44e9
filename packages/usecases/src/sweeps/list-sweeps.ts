import type { Sweep } from "@tessera/contracts/sweep";
import { authorize } from "../identity/authorize.ts";
import { type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { type PresentedSweepRow, presentSweep, SELECT_SWEEPS } from "./present-sweep.ts";

const listSql = {
  name: "sweeps",
  text: `${SELECT_SWEEPS} WHERE s.project_id = $1 AND ($2::text IS NULL OR s.id < $2)
         ORDER BY s.id DESC LIMIT $3`,
};

/** A project's sweeps, newest first; ids sort by time of creation. */
export async function listSweeps(
  ctx: Context,
  input: { readonly project: string } & PageInput,
): Promise<Page<Sweep>> {
  const { project } = await authorize(ctx, "sweep.read", { project: input.project });
  const page = await pageBy(
    input,
    async ({ after, take }) => {
      const values = [project.id, after, take];
      return (await ctx.db.pool.query<PresentedSweepRow>({ ...listSql, values })).rows;
    },
    ({ id }) => id,
  );
  return { ...page, items: page.items.map(presentSweep) };
}
