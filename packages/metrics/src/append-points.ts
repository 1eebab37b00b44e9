import type { ClientBase, Pool } from "pg";
import { encodeBatch, type BatchSeries } from "./batch-codec.ts";
import {
  compareValues,
  emptyColumns,
  sliceColumns,
  sortDistinct,
  type PointColumns,
} from "./columns.ts";
import { byteaArray, float8Array, int4Array, int8Array, textArray } from "./pg-arrays.ts";
import { checkRunPoints, compareText, type MetricPoint, type RunPoints } from "./point.ts";

const INCOMING = `
  SELECT k.run_id, k.key, v[k.i * 8 - 7], v[k.i * 8 - 6]::int8, v[k.i * 8 - 5]::int8,
    v[k.i * 8 - 4], v[k.i * 8 - 3], v[k.i * 8 - 2]::int8, v[k.i * 8 - 1]::int8, v[k.i * 8]::int8
  FROM unnest($5::text[], $6::text[]) WITH ORDINALITY AS k (run_id, key, i)`.replaceAll(
  "v[",
  "($7::float8[])[",
);

const NEWER = `(excluded.last_step, excluded.last_timestamp, excluded.last_value)
  > (s.last_step, s.last_timestamp, s.last_value)`;

const newest = (column: string) =>
  `${column} = CASE WHEN ${NEWER} THEN excluded.${column} ELSE s.${column} END`;

const LOG = `
  INSERT INTO metrics.pending (run_id, scope, points, payload)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int4[], $4::bytea[])`;

const UPSERT = `
  INSERT INTO metrics.series AS s (run_id, key, last_value, last_timestamp, last_step,
    min_value, max_value, first_timestamp, newest_timestamp, points)
  ${INCOMING}
  ON CONFLICT (run_id, key) DO UPDATE SET
    ${newest("last_value")}, ${newest("last_timestamp")}, ${newest("last_step")},
    min_value = least(s.min_value, excluded.min_value),
    max_value = greatest(s.max_value, excluded.max_value),
    first_timestamp = least(s.first_timestamp, excluded.first_timestamp),
    newest_timestamp = greatest(s.newest_timestamp, excluded.newest_timestamp),
    points = s.points + excluded.points`;

const MODELS = `
  INSERT INTO metrics.model_point
    (model_id, key, "timestamp", step, run_id, value, dataset_name, dataset_digest)
  SELECT model_id, key, "timestamp", step, run_id, value, nullif(name, ''), nullif(digest, '')
  FROM unnest($8::text[], $9::text[], $10::int8[], $11::int8[], $12::text[], $13::float8[],
    $14::text[], $15::text[]) AS m (model_id, key, "timestamp", step, run_id, value, name, digest)
  ON CONFLICT DO NOTHING`;

const APPEND = { name: "metrics-append", text: `WITH log AS (${LOG}) ${UPSERT}` };
const APPEND_WITH_MODELS = {
  name: "metrics-append-models",
  text: `WITH log AS (${LOG}), model AS (${MODELS}) ${UPSERT}`,
};

/**
 * Appends points, all or none, in one statement: on a client within its transaction, on a pool
 * committed when the promise resolves. A point that the series has already changes nothing but the
 * series' count, until compaction corrects that. Call it once a transaction: rows are locked in order
 * of run and key, which keeps concurrent writers from deadlocks, and a second call starts over.
 * Throws `invalid_argument` for a point that cannot be stored.
 */
export async function appendPoints(
  db: Pool | ClientBase,
  writes: readonly RunPoints[],
): Promise<void> {
  for (const write of writes) checkRunPoints(write);
  await appendChecked(db, writes);
}

/** `appendPoints` of what `checkRunPoints` has passed. */
export async function appendChecked(
  db: Pool | ClientBase,
  writes: readonly RunPoints[],
): Promise<void> {
  const runs = byRun(writes);
  if (runs.length === 0) return;
  const series = runs.map(({ points }) => toSeries(points));
  const logged = series.map((run) =>
    run.reduce((sum, [, columns]) => sum + columns.values.length, 0),
  );
  const values = [
    textArray(runs.map((run) => run.runId)),
    textArray(runs.map((run) => run.scope)),
    int4Array(logged),
    byteaArray(series.map(encodeBatch)),
    textArray(runs.flatMap((run, i) => (series[i] as BatchSeries).map(() => run.runId))),
    textArray(series.flatMap((run) => run.map(([key]) => key))),
    float8Array(series.flatMap((run) => run.flatMap(([, columns]) => aggregates(columns)))),
  ];
  const models = modelParameters(runs);
  if (models === undefined) await db.query({ ...APPEND, values });
  else await db.query({ ...APPEND_WITH_MODELS, values: [...values, ...models] });
}

/** One entry a run, in order of run id, without the empty ones. */
function byRun(writes: readonly RunPoints[]): RunPoints[] {
  const runs = new Map<string, RunPoints[]>();
  for (const write of writes) {
    if (write.points.length === 0) continue;
    const known = runs.get(write.runId);
    if (known === undefined) runs.set(write.runId, [write]);
    else known.push(write);
  }
  return [...runs.values()]
    .map((parts) => {
      const [first] = parts as [RunPoints];
      return parts.length === 1
        ? first
        : { ...first, points: parts.flatMap((part) => part.points) };
    })
    .toSorted((a, b) => compareText(a.runId, b.runId));
}

function toSeries(points: readonly MetricPoint[]): BatchSeries {
  const byKey = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const known = byKey.get(point.key);
    if (known === undefined) byKey.set(point.key, [point]);
    else known.push(point);
  }
  const columns = emptyColumns(points.length);
  const keys = [...byKey.keys()].toSorted(compareText);
  let to = 0;
  return keys.map((key) => {
    const from = to;
    for (const point of byKey.get(key) as MetricPoint[]) {
      // Zero is one value whatever its sign, or a point could be there twice.
      columns.timestamps[to] = point.timestampMs + 0;
      columns.steps[to] = point.step + 0;
      columns.values[to++] = point.value + 0;
    }
    return [key, sortDistinct(sliceColumns(columns, from, to))] as const;
  });
}

/** The columns of a series' row, in the order that the statement takes them. */
function aggregates(columns: PointColumns): (number | null)[] {
  const { timestamps, steps, values } = columns;
  let min: number | null = null;
  let max: number | null = null;
  let last = 0;
  for (const [index, value] of values.entries()) {
    if (comesAfter(columns, index, last)) last = index;
    if (Number.isNaN(value)) continue;
    if (min === null || value < min) min = value;
    if (max === null || value > max) max = value;
  }
  const [first = 0] = timestamps;
  const newestTimestamp = timestamps[timestamps.length - 1] as number;
  const latest = [values[last], timestamps[last], steps[last]] as number[];
  return [...latest, min, max, first, newestTimestamp, values.length];
}

/** MLflow's order of what is latest: step, then timestamp, then value. */
function comesAfter({ timestamps, steps, values }: PointColumns, a: number, b: number): boolean {
  const order =
    (steps[a] as number) - (steps[b] as number) ||
    (timestamps[a] as number) - (timestamps[b] as number) ||
    compareValues(values[a] as number, values[b] as number);
  return order > 0;
}

function modelParameters(runs: readonly RunPoints[]): Buffer[] | undefined {
  const rows: (MetricPoint & { modelId: string; runId: string })[] = [];
  for (const { runId, points } of runs) {
    for (const point of points) {
      const { modelId } = point;
      if (modelId !== undefined && modelId !== "") rows.push({ ...point, modelId, runId });
    }
  }
  if (rows.length === 0) return undefined;
  // In one order for all writers, as with the series.
  rows.sort(
    (a, b) =>
      compareText(a.modelId, b.modelId) ||
      compareText(a.key, b.key) ||
      a.timestampMs - b.timestampMs ||
      a.step - b.step ||
      compareText(a.runId, b.runId),
  );
  return [
    textArray(rows.map((row) => row.modelId)),
    textArray(rows.map((row) => row.key)),
    int8Array(rows.map((row) => row.timestampMs)),
    int8Array(rows.map((row) => row.step)),
    textArray(rows.map((row) => row.runId)),
    float8Array(rows.map((row) => row.value)),
    textArray(rows.map((row) => row.datasetName ?? "")),
    textArray(rows.map((row) => row.datasetDigest ?? "")),
  ];
}
