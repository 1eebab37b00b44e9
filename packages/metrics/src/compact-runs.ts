import type { ClientBase, Pool } from "pg";
import { decodeBatch } from "./batch-codec.ts";
import { concatColumns, mergeDistinct, sortDistinct, type PointColumns } from "./columns.ts";
import { refreshLatest } from "./latest.ts";
import { int8Array, textArray } from "./pg-arrays.ts";
import { lockRun, tryLockRuns } from "./run-lock.ts";
import { encodeColumns } from "./segment-codec.ts";
import {
  compareSeries,
  newSeriesIds,
  readSeriesRows,
  seriesName,
  updateSeriesRows,
  type KnownSeries,
  type SeriesRef,
  type SettledSeries,
} from "./series-rows.ts";
import { inTransaction } from "./transaction.ts";
import { writeSegments } from "./write-segments.ts";

/** Points taken at once, which bounds memory and how long the runs' rows stay locked. */
export const PASS_POINTS = 200_000;
/** A series of so few points keeps them in its own row: most series of most runs are like that. */
const HEAD_POINTS = 8;

/**
 * Moves the runs' pending batches, some 200,000 points of them at most, into their series, in one
 * transaction: killed at any moment, it has happened or it has not. Runs that another compacts are left
 * to it. Tells how many batches it took.
 */
export async function compactRuns(pool: Pool, runIds: readonly string[]): Promise<number> {
  return inTransaction(pool, "BEGIN", async (client) =>
    compactLocked(client, await tryLockRuns(client, runIds)),
  );
}

/** `compactRuns` of one run, which waits for another's compaction of it to end. */
export async function compactRunNow(pool: Pool, runId: string): Promise<number> {
  return inTransaction(pool, "BEGIN", async (client) => {
    await lockRun(client, runId);
    return compactLocked(client, [runId]);
  });
}

async function compactLocked(client: ClientBase, runIds: readonly string[]): Promise<number> {
  if (runIds.length === 0) return 0;
  const batches = await readPending(client, runIds);
  if (batches.length === 0) return 0;
  const pending = collectSeries(batches);
  const gathered = gather(pending, await readSeriesRows(client, pending));
  await updateSeriesRows(client, await settle(client, gathered));
  await client.query({
    name: "metrics-compact-taken",
    text: `
      DELETE FROM metrics.pending p USING unnest($1::text[], $2::int8[]) AS t (run_id, id)
      WHERE p.run_id = t.run_id AND p.id = t.id`,
    values: [
      textArray(batches.map((batch) => batch.run_id)),
      int8Array(batches.map((batch) => Number(batch.id))),
    ],
  });
  await refreshLatest(client, runIds);
  return batches.length;
}

interface PendingRow {
  run_id: string;
  id: string;
  scope: string;
  payload: Buffer;
}

async function readPending(client: ClientBase, runIds: readonly string[]): Promise<PendingRow[]> {
  const { rows } = await client.query<PendingRow>({
    name: "metrics-compact-pending",
    text: `
      SELECT run_id, id, scope, payload FROM (
        SELECT run_id, id, scope, payload,
          sum(points) OVER (ORDER BY run_id, id) - points AS before
        FROM metrics.pending WHERE run_id = ANY($1::text[])
      ) p
      WHERE before < ${PASS_POINTS} ORDER BY run_id, id`,
    values: [textArray(runIds)],
  });
  return rows;
}

interface PendingSeries extends SeriesRef {
  readonly scope: string;
  readonly columns: PointColumns;
  /** Points as they were appended, repeated ones included. */
  readonly appended: number;
}

function collectSeries(batches: readonly PendingRow[]): PendingSeries[] {
  const series = new Map<string, SeriesRef & { scope: string; parts: PointColumns[] }>();
  for (const { run_id: runId, scope, payload } of batches) {
    for (const [key, columns] of decodeBatch(payload)) {
      const known = series.get(seriesName({ runId, key }));
      if (known !== undefined) known.parts.push(columns);
      else series.set(seriesName({ runId, key }), { runId, key, scope, parts: [columns] });
    }
  }
  return [...series.values()].toSorted(compareSeries).map(({ parts, ...ref }) => {
    const joined = concatColumns(parts);
    return { ...ref, columns: sortDistinct(joined), appended: joined.values.length };
  });
}

interface GatheredSeries extends SeriesRef {
  readonly scope: string;
  readonly id: number | null;
  /** All points that are in no segment. */
  readonly columns: PointColumns;
  /** How many the series' count takes them for. */
  readonly counted: number;
}

/** The pending points with those that lie in their series' rows. */
function gather(
  pending: readonly PendingSeries[],
  known: ReadonlyMap<string, KnownSeries>,
): GatheredSeries[] {
  return pending.flatMap(({ runId, key, scope, columns, appended }) => {
    const row = known.get(seriesName({ runId, key }));
    // Without its row the run was deleted; the batch was on its way and goes the same way.
    if (row === undefined) return [];
    const ref = { runId, key, scope, id: row.id };
    if (row.head === null) return [{ ...ref, columns, counted: appended }];
    const counted = row.head.values.length + appended;
    return [{ ...ref, columns: mergeDistinct(row.head, columns), counted }];
  });
}

async function settle(
  client: ClientBase,
  gathered: readonly GatheredSeries[],
): Promise<SettledSeries[]> {
  const isSmall = ({ id, columns }: GatheredSeries) =>
    id === null && columns.values.length <= HEAD_POINTS;
  const isNew = (series: GatheredSeries) => series.id === null && !isSmall(series);
  const ids = await newSeriesIds(client, gathered.filter(isNew).length);
  const placed = gathered.map((series) =>
    isNew(series) ? { ...series, id: ids.pop() as number } : series,
  );
  const added = await writeSegments(
    client,
    placed.flatMap(({ id, columns }) => (id === null ? [] : [{ seriesId: id, columns }])),
  );
  return placed.map(({ columns, counted, ...series }) =>
    series.id === null
      ? { ...series, head: encodeColumns(columns), correction: columns.values.length - counted }
      : { ...series, head: null, correction: (added.get(series.id) ?? 0) - counted },
  );
}
