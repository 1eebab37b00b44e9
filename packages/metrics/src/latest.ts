import type { ClientBase, Pool } from "pg";
import { textArray } from "./pg-arrays.ts";

/** A metric of a run as lists show it. */
export interface LatestMetric {
  readonly key: string;
  /** Of the point with the greatest step, then timestamp, then value. */
  readonly value: number;
  readonly step: number;
  readonly timestampMs: number;
  /** Infinities count, NaN does not; `null` where all values are NaN. */
  readonly min: number | null;
  readonly max: number | null;
  /** Points of the series. One that was appended again may count twice until it is compacted. */
  readonly count: number;
  readonly firstTimestampMs: number;
  readonly lastTimestampMs: number;
}

/** One JSON array a metric, in order of key; PostgreSQL writes numbers that JSON lacks as strings. */
const METRICS = `json_agg(json_build_array(key, last_value, last_step, last_timestamp, min_value,
  max_value, points, first_timestamp, newest_timestamp) ORDER BY key)::text AS metrics`;

type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";
type JsonMetric = [
  key: string,
  value: JsonNumber,
  step: number,
  timestampMs: number,
  min: JsonNumber | null,
  max: JsonNumber | null,
  count: number,
  firstTimestampMs: number,
  lastTimestampMs: number,
];

interface Row {
  run_id: string;
  key: string;
  last_value: number;
  last_step: string;
  last_timestamp: string;
  min_value: number | null;
  max_value: number | null;
  points: string;
  first_timestamp: string;
  newest_timestamp: string;
}

/** Latest metrics of each run that has any, by key; reads no series. */
export async function latestFor(
  db: Pool | ClientBase,
  runIds: readonly string[],
): Promise<Map<string, LatestMetric[]>> {
  const ready = await db.query<{ run_id: string; metrics: string }>({
    name: "metrics-latest-ready",
    text: `
      SELECT run_id, metrics FROM metrics.latest WHERE run_id = ANY($1::text[])
        AND run_id NOT IN (SELECT run_id FROM metrics.pending)`,
    values: [textArray(runIds)],
  });
  const latest = new Map(
    ready.rows.map((row) => [row.run_id, (JSON.parse(row.metrics) as JsonMetric[]).map(toLatest)]),
  );
  const others = runIds.filter((runId) => !latest.has(runId));
  if (others.length > 0) await addFromSeries(db, others, latest);
  return latest;
}

async function addFromSeries(
  db: Pool | ClientBase,
  runIds: readonly string[],
  latest: Map<string, LatestMetric[]>,
): Promise<void> {
  const { rows } = await db.query<Row>({
    name: "metrics-latest-series",
    text: `
      SELECT run_id, key, last_value, last_step, last_timestamp, min_value, max_value, points,
        first_timestamp, newest_timestamp
      FROM metrics.series WHERE run_id = ANY($1::text[]) ORDER BY run_id, key`,
    values: [textArray(runIds)],
  });
  for (const row of rows) {
    const metric: LatestMetric = {
      key: row.key,
      value: row.last_value,
      step: Number(row.last_step),
      timestampMs: Number(row.last_timestamp),
      min: row.min_value,
      max: row.max_value,
      count: Number(row.points),
      firstTimestampMs: Number(row.first_timestamp),
      lastTimestampMs: Number(row.newest_timestamp),
    };
    const known = latest.get(row.run_id);
    if (known === undefined) latest.set(row.run_id, [metric]);
    else known.push(metric);
  }
}

function toLatest(metric: JsonMetric): LatestMetric {
  const [key, value, step, timestampMs, min, max, count, firstTimestampMs, lastTimestampMs] =
    metric;
  return {
    key,
    value: Number(value),
    step,
    timestampMs,
    min: min === null ? null : Number(min),
    max: max === null ? null : Number(max),
    count,
    firstTimestampMs,
    lastTimestampMs,
  };
}

/** Writes the runs' latest metrics anew, but for those with pending batches: nobody would read them. */
export async function refreshLatest(client: ClientBase, runIds: readonly string[]): Promise<void> {
  await client.query({
    name: "metrics-refresh-latest",
    text: `
      INSERT INTO metrics.latest AS l (run_id, metrics)
      SELECT run_id, ${METRICS} FROM metrics.series
      WHERE run_id = ANY($1::text[])
        AND run_id NOT IN (SELECT run_id FROM metrics.pending WHERE run_id = ANY($1::text[]))
      GROUP BY run_id
      ON CONFLICT (run_id) DO UPDATE SET metrics = excluded.metrics`,
    values: [textArray(runIds)],
  });
}
