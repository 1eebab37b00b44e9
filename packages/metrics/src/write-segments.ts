import type { ClientBase } from "pg";
import { concatColumns, emptyColumns, keyAt, type PointColumns, type PointKey } from "./columns.ts";
import { byteaArray, float8Array, int4Array, int8Array } from "./pg-arrays.ts";
import { decodeColumns, encodeColumns } from "./segment-codec.ts";
import { planRewrites, rewriteSegments, type Rewrite, type SegmentHead } from "./segment-plan.ts";
import { encodeLevel, encodeSummary } from "./summary.ts";

/** Sorted, distinct points to bring into the series. */
export interface SeriesPoints {
  readonly seriesId: number;
  readonly columns: PointColumns;
}

/** Points whose rewriting holds memory at once. */
const GROUP_POINTS = 100_000;
/** Enough to see the incomplete segments at the end: each but the last has 512 points or more. */
const TAIL_HEADS = 24;

// In halves, so that both are one walk along the primary key.
const HEADS = `
  SELECT q.series_id, h.* FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::float8[])
    AS q (series_id, "timestamp", step, value)
  CROSS JOIN LATERAL (
    (SELECT ctid, points, last_timestamp, last_step, last_value FROM metrics.segment g
      WHERE g.series_id = q.series_id
        AND (last_timestamp, last_step, last_value) >= (q."timestamp", q.step, q.value))
    UNION ALL
    (SELECT ctid, points, last_timestamp, last_step, last_value FROM metrics.segment g
      WHERE g.series_id = q.series_id
        AND (last_timestamp, last_step, last_value) < (q."timestamp", q.step, q.value)
      ORDER BY last_timestamp DESC, last_step DESC, last_value DESC LIMIT ${TAIL_HEADS})
  ) h
  ORDER BY q.series_id, last_timestamp, last_step, last_value`;

const INSERT = `
  INSERT INTO metrics.segment (series_id, first_timestamp, first_step, first_value,
    last_timestamp, last_step, last_value, points, summary, coarse, fine, data)
  SELECT * FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::float8[],
    $5::int8[], $6::int8[], $7::float8[], $8::int4[], $9::bytea[], $10::bytea[], $11::bytea[],
    $12::bytea[])`;

/**
 * Brings points into their series' segments and tells how many of them each series did not have. The
 * caller holds the run's lock, so that the rows found stay where they are.
 */
export async function writeSegments(
  client: ClientBase,
  series: readonly SeriesPoints[],
): Promise<Map<number, number>> {
  if (series.length === 0) return new Map();
  const heads = await readHeads(client, series);
  const rewrites = series.flatMap(({ seriesId, columns }) =>
    planRewrites(seriesId, columns, heads.get(seriesId) ?? []),
  );
  const added = new Map<number, number>();
  for (const group of groupBySize(rewrites)) {
    for (const [seriesId, points] of await writeGroup(client, group)) {
      added.set(seriesId, (added.get(seriesId) ?? 0) + points);
    }
  }
  return added;
}

interface HeadRow {
  series_id: string;
  ctid: string;
  points: number;
  last_timestamp: string;
  last_step: string;
  last_value: number;
}

async function readHeads(
  client: ClientBase,
  series: readonly SeriesPoints[],
): Promise<Map<number, SegmentHead[]>> {
  const firsts = series.map(({ columns }) => keyAt(columns, 0));
  const { rows } = await client.query<HeadRow>({
    name: "metrics-segment-heads",
    text: HEADS,
    values: [
      int8Array(series.map(({ seriesId }) => seriesId)),
      int8Array(firsts.map((first) => first.timestamp)),
      int8Array(firsts.map((first) => first.step)),
      float8Array(firsts.map((first) => first.value)),
    ],
  });
  const heads = new Map<number, SegmentHead[]>();
  for (const row of rows) {
    const last: PointKey = {
      timestamp: Number(row.last_timestamp),
      step: Number(row.last_step),
      value: row.last_value,
    };
    const seriesId = Number(row.series_id);
    const head = { seriesId, ctid: row.ctid, points: row.points, last };
    const known = heads.get(seriesId);
    if (known === undefined) heads.set(seriesId, [head]);
    else known.push(head);
  }
  return heads;
}

function* groupBySize(rewrites: readonly Rewrite[]): Generator<Rewrite[]> {
  let group: Rewrite[] = [];
  let size = 0;
  for (const rewrite of rewrites) {
    const existing = rewrite.replaced.reduce((sum, head) => sum + head.points, 0);
    if (size > 0 && size + existing + rewrite.added.values.length > GROUP_POINTS) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(rewrite);
    size += existing + rewrite.added.values.length;
  }
  if (group.length > 0) yield group;
}

async function writeGroup(
  client: ClientBase,
  group: readonly Rewrite[],
): Promise<[seriesId: number, added: number][]> {
  const stored = await readPoints(
    client,
    group.flatMap((rewrite) => rewrite.replaced),
  );
  const obsolete: string[] = [];
  const segments: SeriesPoints[] = [];
  const added: [number, number][] = [];
  for (const { seriesId, replaced, added: points } of group) {
    const existing = concatColumns([
      emptyColumns(0),
      ...replaced.map((head) => stored.get(head.ctid) as PointColumns),
    ]);
    const rewritten = rewriteSegments(existing, points);
    if (rewritten === undefined) continue;
    obsolete.push(...replaced.map((head) => head.ctid));
    segments.push(...rewritten.map((columns) => ({ seriesId, columns })));
    const total = rewritten.reduce((sum, columns) => sum + columns.values.length, 0);
    added.push([seriesId, total - existing.values.length]);
  }
  if (obsolete.length > 0) {
    await client.query({
      name: "metrics-segment-delete",
      text: "DELETE FROM metrics.segment WHERE ctid = ANY($1::tid[])",
      values: [obsolete],
    });
  }
  if (segments.length > 0) await insertSegments(client, segments);
  return added;
}

async function readPoints(
  client: ClientBase,
  heads: readonly SegmentHead[],
): Promise<Map<string, PointColumns>> {
  if (heads.length === 0) return new Map();
  const { rows } = await client.query<{ ctid: string; data: Buffer }>({
    name: "metrics-segment-data",
    text: "SELECT ctid, data FROM metrics.segment WHERE ctid = ANY($1::tid[])",
    values: [heads.map((head) => head.ctid)],
  });
  return new Map(rows.map((row) => [row.ctid, decodeColumns(row.data)]));
}

async function insertSegments(
  client: ClientBase,
  segments: readonly SeriesPoints[],
): Promise<void> {
  const firsts = segments.map(({ columns }) => keyAt(columns, 0));
  const lasts = segments.map(({ columns }) => keyAt(columns, columns.values.length - 1));
  await client.query({
    name: "metrics-segment-insert",
    text: INSERT,
    values: [
      int8Array(segments.map(({ seriesId }) => seriesId)),
      int8Array(firsts.map((key) => key.timestamp)),
      int8Array(firsts.map((key) => key.step)),
      float8Array(firsts.map((key) => key.value)),
      int8Array(lasts.map((key) => key.timestamp)),
      int8Array(lasts.map((key) => key.step)),
      float8Array(lasts.map((key) => key.value)),
      int4Array(segments.map(({ columns }) => columns.values.length)),
      byteaArray(segments.map(({ columns }) => encodeSummary(columns))),
      byteaArray(segments.map(({ columns }) => encodeLevel(columns, "coarse"))),
      byteaArray(segments.map(({ columns }) => encodeLevel(columns, "fine"))),
      byteaArray(segments.map(({ columns }) => encodeColumns(columns))),
    ],
  });
}
