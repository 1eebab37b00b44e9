import type { ClientBase } from "pg";
import type { ChartSource } from "./chart-plan.ts";
import { emptyColumns, mergeDistinct } from "./columns.ts";
import { int4Array, int8Array, textArray } from "./pg-arrays.ts";
import { decodeColumns } from "./segment-codec.ts";
import { readPendingPoints } from "./snapshot.ts";
import { decodeSummaries, type SummaryLevel } from "./summary.ts";

export interface SeriesSource extends ChartSource {
  readonly runId: string;
  readonly key: string;
  /** Without one, the series has no segments. */
  readonly seriesId: number | undefined;
}

const NO_SUMMARIES = new Float64Array(0);

/** Every series of the runs and keys that has points, in the order of both. */
export async function readSources(
  client: ClientBase,
  runIds: readonly string[],
  keys: readonly string[],
): Promise<SeriesSource[]> {
  type Row = { run_id: string; key: string; id: string | null; head: Buffer | null };
  const { rows } = await client.query<Row>({
    name: "metrics-chart-series",
    text: `SELECT run_id, key, id, head FROM metrics.series
      WHERE run_id = ANY($1::text[]) AND key = ANY($2::text[])`,
    values: [textArray(runIds), textArray(keys)],
  });
  const pending = await readPendingPoints(client, runIds, keys);
  const summaries = await readSummaries(
    client,
    rows.flatMap((row) => (row.id === null ? [] : [Number(row.id)])),
  );
  const sources = new Map(
    rows.map((row) => {
      const loose = pending.get(row.run_id)?.get(row.key) ?? emptyColumns(0);
      const seriesId = row.id === null ? undefined : Number(row.id);
      const source: SeriesSource = {
        runId: row.run_id,
        key: row.key,
        seriesId,
        loose: row.head === null ? loose : mergeDistinct(decodeColumns(row.head), loose),
        summaries: (seriesId !== undefined && summaries.get(seriesId)) || NO_SUMMARIES,
      };
      return [JSON.stringify([row.run_id, row.key]), source] as const;
    }),
  );
  return runIds.flatMap((runId) =>
    keys.flatMap((key) => sources.get(JSON.stringify([runId, key])) ?? []),
  );
}

async function readSummaries(
  client: ClientBase,
  seriesIds: readonly number[],
): Promise<Map<number, Float64Array>> {
  if (seriesIds.length === 0) return new Map();
  const { rows } = await client.query<{ series_id: string; summaries: Buffer }>({
    name: "metrics-chart-summaries",
    text: `
      SELECT series_id,
        string_agg(summary, ''::bytea ORDER BY last_timestamp, last_step, last_value) AS summaries
      FROM metrics.segment WHERE series_id = ANY($1::int8[]) GROUP BY series_id`,
    values: [int8Array(seriesIds)],
  });
  return new Map(rows.map((row) => [Number(row.series_id), decodeSummaries(row.summaries)]));
}

/** One segment, by its series and its place there. */
export interface SegmentPlace {
  readonly seriesId: number;
  readonly ordinal: number;
}

export function placeName({ seriesId, ordinal }: SegmentPlace): string {
  return `${seriesId}:${ordinal}`;
}

/** A column of the segments, by `placeName`; only within the snapshot that counted the ordinals. */
export async function readSegments(
  client: ClientBase,
  column: SummaryLevel | "data",
  places: readonly SegmentPlace[],
): Promise<Map<string, Buffer | null>> {
  if (places.length === 0) return new Map();
  const seriesIds = places.map((place) => place.seriesId);
  type Row = { series_id: string; ordinal: number; bytes: Buffer | null };
  const { rows } = await client.query<Row>({
    name: `metrics-chart-${column}`,
    text: `
      SELECT series_id, ordinal, bytes FROM (
        SELECT series_id, ${column} AS bytes, (row_number() OVER (
          PARTITION BY series_id ORDER BY last_timestamp, last_step, last_value) - 1)::int4 AS ordinal
        FROM metrics.segment WHERE series_id = ANY($1::int8[])
      ) g JOIN unnest($2::int8[], $3::int4[]) AS w (series_id, ordinal) USING (series_id, ordinal)`,
    values: [
      int8Array([...new Set(seriesIds)]),
      int8Array(seriesIds),
      int4Array(places.map((place) => place.ordinal)),
    ],
  });
  return new Map(
    rows.map((row) => [
      placeName({ seriesId: Number(row.series_id), ordinal: row.ordinal }),
      row.bytes,
    ]),
  );
}
