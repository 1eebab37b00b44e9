import { PlatformError } from "@tessera/contracts/errors";
import type { Trial } from "@tessera/contracts/sweep";
import type { Context } from "../platform/platform.ts";
import { presentTrial, TRIAL_COLUMNS } from "./present-sweep.ts";

const readSql = {
  name: "trial",
  text: `SELECT ${TRIAL_COLUMNS} FROM sweep_trial t LEFT JOIN workload w ON w.id = t.workload_id
         WHERE t.sweep_id = $1 AND t.number = $2`,
};

export function noSuchTrial(number: number): PlatformError {
  return new PlatformError("not_found", `There is no trial ${number} in this sweep`);
}

/** A trial of a sweep that the caller may already see. @throws PlatformError (not_found) */
export async function readTrial(
  ctx: Context,
  { sweepId, number }: { readonly sweepId: string; readonly number: number },
): Promise<Trial> {
  const values = [sweepId, number];
  const { rows } = await ctx.db.pool.query<Parameters<typeof presentTrial>[0]>({
    ...readSql,
    values,
  });
  if (rows[0]) return presentTrial(rows[0]);
  throw noSuchTrial(number);
}
