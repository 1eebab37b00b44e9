import { ByteReader, ByteWriter, LARGEST_DELTA, unzigzag, zigzag } from "./bytes.ts";
import { emptyColumns, type PointColumns } from "./columns.ts";

/*
 * A batch of one run, as it lies in the log until it is compacted:
 *   version, then for each key: text key, varint points, flags, varint size, body.
 * Body: the axis (timestamps and steps as zigzag deltas), then values as float32 where that is exact.
 */
const VERSION = 1;
/** Same timestamps and steps as the key before: all metrics of a training step share them. */
const SAME_AXIS = 1;
const FLOAT32 = 2;
/** Differences too large for a delta: the axis is raw doubles. */
const RAW_AXIS = 4;

export type BatchSeries = readonly (readonly [key: string, columns: PointColumns])[];

export function encodeBatch(series: BatchSeries): Buffer {
  const writer = new ByteWriter(256 + series.length * 160);
  writer.byte(VERSION);
  let previous: PointColumns | undefined;
  for (const [key, columns] of series) {
    const sameAxis = previous !== undefined && axisEqual(previous, columns);
    const rawAxis = !sameAxis && !(deltasFit(columns.timestamps) && deltasFit(columns.steps));
    const float32 = isFloat32(columns.values);
    writer.text(key);
    writer.varint(columns.values.length);
    writer.byte((sameAxis ? SAME_AXIS : 0) | (float32 ? FLOAT32 : 0) | (rawAxis ? RAW_AXIS : 0));
    const body = new ByteWriter(columns.values.length * 12);
    if (!sameAxis) {
      writeAxis(body, columns.timestamps, rawAxis);
      writeAxis(body, columns.steps, rawAxis);
    }
    for (const value of columns.values) {
      if (float32) body.float32(value);
      else body.float64(value);
    }
    writer.varint(body.length);
    writer.bytes(body.finish());
    previous = columns;
  }
  return writer.finish();
}

/** The series of a batch that `wanted` names; every one without it. */
export function decodeBatch(
  payload: Buffer,
  wanted?: ReadonlySet<string>,
): [key: string, columns: PointColumns][] {
  const reader = new ByteReader(payload);
  const version = reader.byte();
  if (version !== VERSION) throw new Error(`metric batch of unknown version ${version}`);
  const series: [string, PointColumns][] = [];
  let axis: Axis = { offset: reader.offset, points: 0, raw: false };
  while (!reader.done) {
    const key = reader.text();
    const points = reader.varint();
    const flags = reader.byte();
    const size = reader.varint();
    const end = reader.offset + size;
    if ((flags & SAME_AXIS) === 0) {
      axis = { offset: reader.offset, points, raw: (flags & RAW_AXIS) !== 0 };
    }
    if (wanted === undefined || wanted.has(key)) {
      series.push([key, readSeries(payload, axis, { end, flags })]);
    }
    reader.offset = end;
  }
  return series;
}

interface Axis {
  readonly offset: number;
  readonly points: number;
  readonly raw: boolean;
}

function readSeries(
  payload: Buffer,
  axis: Axis,
  body: { readonly end: number; readonly flags: number },
): PointColumns {
  const columns = emptyColumns(axis.points);
  const reader = new ByteReader(payload, axis.offset);
  readAxis(reader, columns.timestamps, axis.raw);
  readAxis(reader, columns.steps, axis.raw);
  const float32 = (body.flags & FLOAT32) !== 0;
  reader.offset = body.end - axis.points * (float32 ? 4 : 8);
  for (let i = 0; i < axis.points; i++) {
    columns.values[i] = float32 ? reader.float32() : reader.float64();
  }
  return columns;
}

function writeAxis(writer: ByteWriter, axis: Float64Array, raw: boolean): void {
  let previous = 0;
  for (const value of axis) {
    if (raw) writer.float64(value);
    else writer.varint(zigzag(value - previous));
    previous = value;
  }
}

function readAxis(reader: ByteReader, axis: Float64Array, raw: boolean): void {
  let previous = 0;
  for (let i = 0; i < axis.length; i++) {
    previous = raw ? reader.float64() : previous + unzigzag(reader.varint());
    axis[i] = previous;
  }
}

function axisEqual(a: PointColumns, b: PointColumns): boolean {
  const { length } = a.values;
  if (length !== b.values.length) return false;
  for (let i = 0; i < length; i++) {
    if (a.steps[i] !== b.steps[i] || a.timestamps[i] !== b.timestamps[i]) return false;
  }
  return true;
}

function deltasFit(axis: Float64Array): boolean {
  let previous = 0;
  for (const value of axis) {
    if (Math.abs(value - previous) > LARGEST_DELTA) return false;
    previous = value;
  }
  return true;
}

/** Whether every value survives a float32; NaN does. */
export function isFloat32(values: Float64Array): boolean {
  for (const value of values) {
    if (Math.fround(value) !== value && !Number.isNaN(value)) return false;
  }
  return true;
}
