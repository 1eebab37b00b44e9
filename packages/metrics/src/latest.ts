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
  const { rows } = await db.query<Row>({
    name: "metrics-latest",
    text: `
      SELECT run_id, key, last_value, last_step, last_timestamp, min_value, max_value, points,
        first_timestamp, newest_timestamp
      FROM metrics.series WHERE run_id = ANY($1::text[]) ORDER BY run_id, key`,
    values: [textArray(runIds)],
  });
  const latest = new Map<string, LatestMetric[]>();
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
  return latest;
}
