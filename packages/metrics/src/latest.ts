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

type Row = { run_id: string; metrics: string };

/** Latest metrics of each run that has any, by key; reads no series. */
export async function latestFor(
  db: Pool | ClientBase,
  runIds: readonly string[],
): Promise<Map<string, LatestMetric[]>> {
  const latest = new Map<string, LatestMetric[]>();
  const add = ({ rows }: { rows: Row[] }) => {
    for (const row of rows) {
      latest.set(row.run_id, (JSON.parse(row.metrics) as JsonMetric[]).map(toLatest));
    }
  };
  add(
    await db.query<Row>({
      name: "metrics-latest-ready",
      text: `
        SELECT run_id, metrics FROM metrics.latest WHERE run_id = ANY($1::text[])
          AND run_id NOT IN (SELECT run_id FROM metrics.pending)`,
      values: [textArray(runIds)],
    }),
  );
  const others = runIds.filter((runId) => !latest.has(runId));
  if (others.length === 0) return latest;
  add(
    await db.query<Row>({
      name: "metrics-latest-series",
      text: `
        SELECT run_id, ${METRICS} FROM metrics.series WHERE run_id = ANY($1::text[])
        GROUP BY run_id`,
      values: [textArray(others)],
    }),
  );
  return latest;
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

/** Writes the run's latest metrics anew, unless it has pending batches: then nobody would read them. */
export async function refreshLatest(client: ClientBase, runId: string): Promise<void> {
  await client.query({
    name: "metrics-refresh-latest",
    text: `
      INSERT INTO metrics.latest AS l (run_id, metrics)
      SELECT run_id, ${METRICS} FROM metrics.series
      WHERE run_id = $1 AND NOT EXISTS (SELECT FROM metrics.pending WHERE run_id = $1)
      GROUP BY run_id
      ON CONFLICT (run_id) DO UPDATE SET metrics = excluded.metrics`,
    values: [runId],
  });
}
