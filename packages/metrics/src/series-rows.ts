import type { ClientBase } from "pg";
import type { PointColumns } from "./columns.ts";
import { byteaArray, int4Array, int8Array, textArray } from "./pg-arrays.ts";
import { compareText } from "./point.ts";
import { decodeColumns } from "./segment-codec.ts";

/** What names one series; `seriesName` makes one word of it. */
export interface SeriesRef {
  readonly runId: string;
  readonly key: string;
}

/** Neither run ids nor keys have a NUL in them. */
export function seriesName({ runId, key }: SeriesRef): string {
  return `${runId}\0${key}`;
}

/** The order in which every writer locks series. */
export function compareSeries(a: SeriesRef, b: SeriesRef): number {
  return compareText(a.runId, b.runId) || compareText(a.key, b.key);
}

/** Where a series' compacted points are. */
export interface KnownSeries {
  /** Of its segments, once there are any. */
  readonly id: number | null;
  /** All of them, while they are few. */
  readonly head: PointColumns | null;
}

export async function readSeriesRows(
  client: ClientBase,
  series: readonly SeriesRef[],
): Promise<Map<string, KnownSeries>> {
  type Row = { run_id: string; key: string; id: string | null; head: Buffer | null };
  const { rows } = await client.query<Row>({
    name: "metrics-compact-read",
    text: `
      SELECT s.run_id, s.key, s.id, s.head FROM unnest($1::text[], $2::text[]) AS w (run_id, key)
      JOIN metrics.series s ON s.run_id = w.run_id AND s.key = w.key`,
    values: refValues(series),
  });
  return new Map(
    rows.map(({ run_id: runId, key, id, head }) => [
      seriesName({ runId, key }),
      { id: id === null ? null : Number(id), head: head === null ? null : decodeColumns(head) },
    ]),
  );
}

export async function newSeriesIds(client: ClientBase, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await client.query<{ id: string }>({
    name: "metrics-compact-ids",
    text: "SELECT nextval('metrics.series_id') AS id FROM generate_series(1, $1::int4)",
    values: [count],
  });
  return rows.map((row) => Number(row.id));
}

/** What compaction changes of a series' row. */
export interface SettledSeries extends SeriesRef {
  readonly scope: string;
  /** Without one, all points are in `head`. */
  readonly id: number | null;
  readonly head: Buffer | null;
  /** By how much the series' count must change, now that repeated points are known. */
  readonly correction: number;
}

/** Writes the rows, which must be in the order of `compareSeries`; they stay locked to the end. */
export async function updateSeriesRows(
  client: ClientBase,
  settled: readonly SettledSeries[],
): Promise<void> {
  const names = await nameIds(client, settled);
  // An UPDATE alone would lock in an order of its own, and meet writers head on.
  await client.query({
    name: "metrics-compact-lock",
    text: `
      SELECT FROM unnest($1::text[], $2::text[]) AS w (run_id, key)
      JOIN metrics.series s ON s.run_id = w.run_id AND s.key = w.key
      ORDER BY s.run_id COLLATE "C", s.key FOR NO KEY UPDATE OF s`,
    values: refValues(settled),
  });
  await client.query({
    name: "metrics-compact-update",
    text: `
      UPDATE metrics.series s SET id = nullif(n.id, 0), head = n.head, name_id = n.name_id,
        points = s.points + n.correction, ranked_value = s.last_value
      FROM unnest($1::text[], $2::text[], $3::int8[], $4::bytea[], $5::int4[], $6::int8[])
        AS n (run_id, key, id, head, name_id, correction)
      WHERE s.run_id = n.run_id AND s.key = n.key`,
    values: [
      ...refValues(settled),
      int8Array(settled.map(({ id }) => id ?? 0)),
      byteaArray(settled.map(({ head }) => head)),
      int4Array(settled.map((series) => names.get(scopedName(series)) as number)),
      int8Array(settled.map(({ correction }) => correction)),
    ],
  });
}

function refValues(series: readonly SeriesRef[]): Buffer[] {
  return [textArray(series.map(({ runId }) => runId)), textArray(series.map(({ key }) => key))];
}

interface ScopedKey {
  readonly scope: string;
  readonly key: string;
}

function scopedName({ scope, key }: ScopedKey): string {
  return `${scope}\0${key}`;
}

/** Ids of the names in their scopes. New ones are made in one order, as two compactions may meet. */
async function nameIds(
  client: ClientBase,
  series: readonly ScopedKey[],
): Promise<Map<string, number>> {
  const distinct = [...new Map(series.map((one) => [scopedName(one), one])).values()].toSorted(
    (a, b) => compareText(a.scope, b.scope) || compareText(a.key, b.key),
  );
  const values = [
    textArray(distinct.map(({ scope }) => scope)),
    textArray(distinct.map(({ key }) => key)),
  ];
  const read = async () => {
    const { rows } = await client.query<ScopedKey & { id: number }>({
      name: "metrics-compact-names",
      text: `
        SELECT n.scope, n.key, n.id FROM unnest($1::text[], $2::text[]) AS w (scope, key)
        JOIN metrics.name n ON n.scope = w.scope AND n.key = w.key`,
      values,
    });
    return new Map(rows.map((row) => [scopedName(row), row.id]));
  };
  const known = await read();
  if (known.size === distinct.length) return known;
  await client.query({
    name: "metrics-compact-new-names",
    text: `
      INSERT INTO metrics.name (scope, key)
      SELECT w.scope, w.key FROM unnest($1::text[], $2::text[]) AS w (scope, key)
      WHERE NOT EXISTS (SELECT FROM metrics.name n WHERE n.scope = w.scope AND n.key = w.key)
      ON CONFLICT DO NOTHING`,
    values,
  });
  return read();
}
