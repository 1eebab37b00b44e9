import type { ClientBase, Pool } from "pg";
import { decodeBatch } from "./batch-codec.ts";
import { concatColumns, mergeDistinct, sortDistinct, type PointColumns } from "./columns.ts";
import { refreshLatest } from "./latest.ts";
import { byteaArray, int4Array, int8Array, textArray } from "./pg-arrays.ts";
import { compareText } from "./point.ts";
import { lockRun, tryLockRun } from "./run-lock.ts";
import { decodeColumns, encodeColumns } from "./segment-codec.ts";
import { inTransaction } from "./transaction.ts";
import { writeSegments } from "./write-segments.ts";

/** Points taken at once, which bounds memory and how long the run's rows stay locked. */
const PASS_POINTS = 200_000;
/** A series of so few points keeps them in its own row: most series of most runs are like that. */
const HEAD_POINTS = 8;

export interface CompactRunOptions {
  /** Wait for another's compaction of the run to end instead of leaving the run to it. */
  readonly wait?: boolean;
}

/**
 * Moves a run's pending batches, at most 200,000 points of them, into its series, in one transaction:
 * killed at any moment, it has happened or it has not. Tells how many batches it took.
 */
export async function compactRun(
  pool: Pool,
  runId: string,
  { wait = false }: CompactRunOptions = {},
): Promise<number> {
  return inTransaction(pool, "BEGIN", async (client) => {
    if (wait) await lockRun(client, runId);
    else if (!(await tryLockRun(client, runId))) return 0;
    return compactLocked(client, runId);
  });
}

async function compactLocked(client: ClientBase, runId: string): Promise<number> {
  const batches = await readPending(client, runId);
  const newest = batches.at(-1);
  if (newest === undefined) return 0;
  const pending = collectSeries(batches.map((batch) => decodeBatch(batch.payload)));
  const known = await readSeries(client, runId, [...pending.keys()]);
  const settled = await settle(client, gather(pending, known));
  const names = await nameIds(client, newest.scope, [...settled.keys()]);
  await updateSeries(client, { runId, settled, names });
  await client.query("DELETE FROM metrics.pending WHERE run_id = $1 AND id = ANY($2::int8[])", [
    runId,
    batches.map((batch) => batch.id),
  ]);
  await refreshLatest(client, runId);
  return batches.length;
}

interface PendingRow {
  id: string;
  scope: string;
  payload: Buffer;
}

async function readPending(client: ClientBase, runId: string): Promise<PendingRow[]> {
  const { rows } = await client.query<PendingRow>({
    name: "metrics-compact-pending",
    text: `
      SELECT p.id, p.scope, p.payload FROM metrics.pending p JOIN (
        SELECT id, sum(points) OVER (ORDER BY id) - points AS before
        FROM metrics.pending WHERE run_id = $1
      ) o USING (id)
      WHERE p.run_id = $1 AND o.before < ${PASS_POINTS} ORDER BY p.id`,
    values: [runId],
  });
  return rows;
}

interface PendingSeries {
  readonly columns: PointColumns;
  /** Points as they were appended, repeated ones included. */
  readonly appended: number;
}

function collectSeries(batches: [string, PointColumns][][]): Map<string, PendingSeries> {
  const parts = new Map<string, PointColumns[]>();
  for (const [key, columns] of batches.flat()) {
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [columns]);
    else known.push(columns);
  }
  const series = new Map<string, PendingSeries>();
  for (const key of [...parts.keys()].toSorted(compareText)) {
    const joined = concatColumns(parts.get(key) as PointColumns[]);
    series.set(key, { columns: sortDistinct(joined), appended: joined.values.length });
  }
  return series;
}

interface KnownSeries {
  readonly id: number | null;
  readonly head: PointColumns | null;
}

async function readSeries(
  client: ClientBase,
  runId: string,
  keys: readonly string[],
): Promise<Map<string, KnownSeries>> {
  const { rows } = await client.query<{ key: string; id: string | null; head: Buffer | null }>(
    "SELECT key, id, head FROM metrics.series WHERE run_id = $1 AND key = ANY($2::text[])",
    [runId, textArray(keys)],
  );
  return new Map(
    rows.map(({ key, id, head }) => [
      key,
      { id: id === null ? null : Number(id), head: head === null ? null : decodeColumns(head) },
    ]),
  );
}

interface SettledSeries {
  /** Without one, all points are in `head`. */
  readonly id: number | null;
  readonly head: Buffer | null;
  /** By how much the series' count must change, now that repeated points are known. */
  readonly correction: number;
}

interface Gathered {
  readonly key: string;
  /** Of the segments, once there are any. */
  readonly id: number | null;
  /** All points that are in no segment. */
  readonly columns: PointColumns;
  /** How many the series' count takes them for. */
  readonly counted: number;
}

/** The pending points with those that lie in their series' rows. */
function gather(
  pending: ReadonlyMap<string, PendingSeries>,
  known: ReadonlyMap<string, KnownSeries>,
): Gathered[] {
  return [...pending].flatMap(([key, { columns, appended }]) => {
    const series = known.get(key);
    // Without its row the run was deleted; the batch was on its way and goes the same way.
    if (series === undefined) return [];
    const { id, head } = series;
    if (head === null) return [{ key, id, columns, counted: appended }];
    const counted = head.values.length + appended;
    return [{ key, id, columns: mergeDistinct(head, columns), counted }];
  });
}

async function settle(
  client: ClientBase,
  gathered: readonly Gathered[],
): Promise<Map<string, SettledSeries>> {
  const isSmall = ({ id, columns }: Gathered) =>
    id === null && columns.values.length <= HEAD_POINTS;
  const small = gathered.filter(isSmall);
  const large = gathered.filter((series) => !isSmall(series));
  const ids = await newSeriesIds(client, large.filter(({ id }) => id === null).length);
  const series = large.map((one) => ({ ...one, seriesId: one.id ?? (ids.pop() as number) }));
  const added = await writeSegments(client, series);
  return new Map([
    ...small.map(({ key, columns, counted }): [string, SettledSeries] => [
      key,
      { id: null, head: encodeColumns(columns), correction: columns.values.length - counted },
    ]),
    ...series.map(({ key, seriesId, counted }): [string, SettledSeries] => [
      key,
      { id: seriesId, head: null, correction: (added.get(seriesId) ?? 0) - counted },
    ]),
  ]);
}

async function newSeriesIds(client: ClientBase, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await client.query<{ id: string }>(
    "SELECT nextval('metrics.series_id') AS id FROM generate_series(1, $1::int4)",
    [count],
  );
  return rows.map((row) => Number(row.id));
}

/** Ids of the names in `scope`, made where they are new, in order of name: two compactions may meet. */
async function nameIds(
  client: ClientBase,
  scope: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const values = [scope, textArray(keys.toSorted(compareText))];
  const select = "SELECT key, id FROM metrics.name WHERE scope = $1 AND key = ANY($2::text[])";
  type Row = { key: string; id: number };
  let { rows } = await client.query<Row>(select, values);
  if (rows.length < keys.length) {
    await client.query(
      `INSERT INTO metrics.name (scope, key) SELECT $1, key FROM unnest($2::text[]) AS k (key)
       WHERE NOT EXISTS (SELECT FROM metrics.name n WHERE n.scope = $1 AND n.key = k.key)
       ON CONFLICT DO NOTHING`,
      values,
    );
    ({ rows } = await client.query<Row>(select, values));
  }
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function updateSeries(
  client: ClientBase,
  target: {
    readonly runId: string;
    readonly settled: ReadonlyMap<string, SettledSeries>;
    readonly names: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const keys = [...target.settled.keys()].toSorted(compareText);
  const settled = keys.map((key) => target.settled.get(key) as SettledSeries);
  // Locked in the order in which writers lock them; an UPDATE alone would take its own.
  await client.query(
    `SELECT FROM metrics.series WHERE run_id = $1 AND key = ANY($2::text[])
     ORDER BY key FOR NO KEY UPDATE`,
    [target.runId, textArray(keys)],
  );
  await client.query({
    name: "metrics-compact-series",
    text: `
      UPDATE metrics.series s SET id = nullif(n.id, 0), head = n.head, name_id = n.name_id,
        points = s.points + n.correction, ranked_value = s.last_value
      FROM unnest($2::text[], $3::int8[], $4::bytea[], $5::int4[], $6::int8[])
        AS n (key, id, head, name_id, correction)
      WHERE s.run_id = $1 AND s.key = n.key`,
    values: [
      target.runId,
      textArray(keys),
      int8Array(settled.map((series) => series.id ?? 0)),
      byteaArray(settled.map((series) => series.head)),
      int4Array(keys.map((key) => target.names.get(key) as number)),
      int8Array(settled.map((series) => series.correction)),
    ],
  });
}
