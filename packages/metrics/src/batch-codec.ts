import { ByteReader, ByteWriter, LARGEST_DELTA, unzigzag, zigzag } from "./bytes.ts";
import type { PointColumns } from "./columns.ts";

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
  let axis = new SharedAxis(payload, { offset: reader.offset, points: 0, raw: false });
  while (!reader.done) {
    const key = reader.text();
    const points = reader.varint();
    const flags = reader.byte();
    const size = reader.varint();
    const end = reader.offset + size;
    if ((flags & SAME_AXIS) === 0) {
      const raw = (flags & RAW_AXIS) !== 0;
      axis = new SharedAxis(payload, { offset: reader.offset, points, raw });
    }
    if (wanted === undefined || wanted.has(key)) {
      const float32 = (flags & FLOAT32) !== 0;
      reader.offset = end - points * (float32 ? 4 : 8);
      series.push([key, { ...axis.read(), values: readValues(reader, points, float32) }]);
    }
    reader.offset = end;
  }
  return series;
}

/** Timestamps and steps of several keys, decoded once, and only if one of the keys is wanted. */
class SharedAxis {
  readonly #payload: Buffer;
  readonly #place: { readonly offset: number; readonly points: number; readonly raw: boolean };
  #columns: Pick<PointColumns, "timestamps" | "steps"> | undefined;

  constructor(payload: Buffer, place: { offset: number; points: number; raw: boolean }) {
    this.#payload = payload;
    this.#place = place;
  }

  read(): Pick<PointColumns, "timestamps" | "steps"> {
    if (this.#columns === undefined) {
      const { offset, points, raw } = this.#place;
      const reader = new ByteReader(this.#payload, offset);
      const timestamps = readAxis(reader, points, raw);
      this.#columns = { timestamps, steps: readAxis(reader, points, raw) };
    }
    return this.#columns;
  }
}

function readValues(reader: ByteReader, points: number, float32: boolean): Float64Array {
  const values = new Float64Array(points);
  for (let i = 0; i < points; i++) values[i] = float32 ? reader.float32() : reader.float64();
  return values;
}

function writeAxis(writer: ByteWriter, axis: Float64Array, raw: boolean): void {
  let previous = 0;
  for (const value of axis) {
    if (raw) writer.float64(value);
    else writer.varint(zigzag(value - previous));
    previous = value;
  }
}

function readAxis(reader: ByteReader, points: number, raw: boolean): Float64Array {
  const axis = new Float64Array(points);
  let previous = 0;
  for (let i = 0; i < points; i++) {
    previous = raw ? reader.float64() : previous + unzigzag(reader.varint());
    axis[i] = previous;
  }
  return axis;
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
