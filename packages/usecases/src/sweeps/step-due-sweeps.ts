import { terminalStates } from "@tessera/contracts/job";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { stepSweep } from "./step-sweep.ts";

const dueSql = {
  name: "due-sweeps",
  text: `
    SELECT s.id FROM sweep s
    WHERE EXISTS (
        SELECT FROM sweep_trial t JOIN workload w ON w.id = t.workload_id
        WHERE t.sweep_id = s.id AND t.state = 'running'
          AND (w.state = ANY($1) OR (s.pruner IS NOT NULL AND t.pruning IS NULL
                                     AND w.state = 'running' AND s.state IN ('running', 'paused'))))
      OR (s.state = 'running' AND s.plan IS NOT NULL AND NOT EXISTS (
        SELECT FROM sweep_trial t WHERE t.sweep_id = s.id AND t.state = 'running'))
    ORDER BY s.id`,
};

/**
 * Steps the sweeps that have something to do: those whose trials may be pruned, and those whose
 * message got lost.
 */
export async function stepDueSweeps(ctx: Context): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { rows } = await ctx.db.pool.query<{ id: string }>({
    ...dueSql,
    values: [[...terminalStates]],
  });
  for (const { id } of rows) {
    // One sweep that cannot be stepped is no reason to leave the others where they are.
    await stepSweep(ctx, id).catch((error: unknown) =>
      ctx.log.error({ err: error, sweepId: id }, "A step of a sweep failed; another follows"),
    );
  }
}
