import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { history } from "@tessera/metrics/history";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { advanceSweep } from "./advance-sweep.ts";
import { lockSweep } from "./lock-sweep.ts";
import type { ReportsOfRuns } from "./prune-trials.ts";
import { thinReports } from "./thin-reports.ts";

interface JudgedRun {
  readonly runId: string;
  readonly metric: string;
}

const judgedSql = {
  name: "judged-runs",
  text: `SELECT t.workload_id AS "runId", s.metric
         FROM sweep_trial t JOIN sweep s ON s.id = t.sweep_id
         WHERE s.id = $1 AND s.pruner IS NOT NULL AND t.state = 'running' AND t.pruning IS NULL
           AND t.workload_id IS NOT NULL`,
};

/** What the sweep's running trials have logged; read before the sweep is locked. */
async function readReports(ctx: Context, sweepId: string): Promise<ReportsOfRuns> {
  const { pool } = ctx.db;
  const { rows } = await pool.query<JudgedRun>({ ...judgedSql, values: [sweepId] });
  const reports = new Map<string, [number, number][]>();
  for (const { runId, metric } of rows) {
    const { points } = await history(pool, { runId, key: metric });
    reports.set(runId, thinReports(points));
  }
  return reports;
}

/** Takes a sweep one step on. Repeating it, or doing it twice at once, changes nothing. */
export async function stepSweep(ctx: Context, sweepId: string): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const reports = await readReports(ctx, sweepId);
  const step = async (client: PoolClient): Promise<void> => {
    const sweep = await lockSweep(client, sweepId);
    if (sweep) await advanceSweep(ctx, client, { sweep, reports });
  };
  await withTransaction(ctx.db.pool, step, { retries: 3 });
  ctx.outboxWritten();
}
