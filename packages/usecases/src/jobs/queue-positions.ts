import type { Context } from "../platform/platform.ts";

/** Positions past this are told as this: counting a long queue exactly would slow it down. */
const LAST_COUNTED = 10_000;

/** The place of the waiting workload `w` in the queue; 1 is next. */
export const positionSql = `(
  SELECT count(*)::int + 1 FROM (
    SELECT 1 FROM workload o
    WHERE o.state = 'queued' AND (o.priority > w.priority
      OR (o.priority = w.priority AND (o.created_at, o.id) < (w.created_at, w.id)))
    LIMIT ${LAST_COUNTED - 1}) AS ahead)`;

/** Places in the queue of the waiting workloads among `ids`. */
export async function queuePositions(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await ctx.db.pool.query<{ id: string; position: number }>(
    `SELECT w.id, ${positionSql} AS position
     FROM workload w WHERE w.id = ANY($1) AND w.state = 'queued'`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.position]));
}
