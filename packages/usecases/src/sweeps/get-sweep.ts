import { PlatformError } from "@tessera/contracts/errors";
import type { Sweep } from "@tessera/contracts/sweep";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { type PresentedSweepRow, presentSweep, SELECT_SWEEPS } from "./present-sweep.ts";

const findSql = { name: "sweep", text: `${SELECT_SWEEPS} WHERE s.id = $1 AND s.project_id = $2` };

/** A sweep of a project that the caller may already see. @throws PlatformError (not_found) */
export async function readSweep(ctx: Context, projectId: string, id: string): Promise<Sweep> {
  const values = [id, projectId];
  const { rows } = await ctx.db.pool.query<PresentedSweepRow>({ ...findSql, values });
  if (rows[0]) return presentSweep(rows[0]);
  throw new PlatformError("not_found", `There is no sweep ${id} in this project`);
}

export async function getSweep(
  ctx: Context,
  input: { readonly project: string; readonly id: string },
): Promise<Sweep> {
  const { project } = await authorize(ctx, "sweep.read", { project: input.project });
  return readSweep(ctx, project.id, input.id);
}
