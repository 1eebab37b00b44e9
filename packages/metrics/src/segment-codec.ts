import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { isFloat32 } from "./batch-codec.ts";
import { ByteReader, ByteWriter, LARGEST_DELTA, unzigzag, zigzag } from "./bytes.ts";
import type { PointColumns } from "./columns.ts";

/*
 * Compacted points of one series: version, varint points, then a short head for each of timestamps,
 * steps and values, then their bytes by planes (all first bytes, all second bytes …), deflated where
 * that is smaller. Planes put bytes that hardly change beside each other.
 */
const STORED = 1;
const DEFLATED = 2;

/** Every difference to the next is the same: no bytes at all. */
const CONSTANT = 0;
/** Zigzag differences, as many bytes each as the largest needs. */
const DELTAS = 1;
const FLOAT64 = 2;
const FLOAT32 = 3;

/** Below this, deflate's own tables cost more than they save. */
const FEWEST_DEFLATED = 24;

interface Plan {
  readonly mode: number;
  /** Bytes a point. */
  readonly width: number;
  readonly first: number;
  readonly delta: number;
}

export function encodeColumns(columns: PointColumns): Buffer {
  const points = columns.values.length;
  const plans = [planAxis(columns.timestamps), planAxis(columns.steps), planValues(columns.values)];
  const planes = new Uint8Array(plans.reduce((sum, plan) => sum + plan.width, 0) * points);
  let offset = 0;
  for (const [index, column] of [columns.timestamps, columns.steps, columns.values].entries()) {
    const plan = plans[index] as Plan;
    writePlanes(planes.subarray(offset, offset + plan.width * points), column, plan);
    offset += plan.width * points;
  }
  const packed = points < FEWEST_DEFLATED ? planes : deflate(planes);
  const deflated = packed.length < planes.length;
  const writer = new ByteWriter(packed.length + 48);
  writer.byte(deflated ? DEFLATED : STORED);
  writer.varint(points);
  for (const plan of plans) {
    writer.byte(plan.mode * 16 + plan.width);
    if (plan.mode === CONSTANT || plan.mode === DELTAS) writer.float64(plan.first);
    if (plan.mode === CONSTANT) writer.float64(plan.delta);
  }
  writer.bytes(deflated ? packed : planes);
  return writer.finish();
}

export function decodeColumns(data: Buffer): PointColumns {
  const reader = new ByteReader(data);
  const form = reader.byte();
  if (form !== STORED && form !== DEFLATED)
    throw new Error(`metric segment of unknown form ${form}`);
  const points = reader.varint();
  const plans = [readPlan(reader), readPlan(reader), readPlan(reader)];
  const rest = data.subarray(reader.offset);
  const planes = form === DEFLATED ? inflateRawSync(rest) : rest;
  let offset = 0;
  const [timestamps, steps, values] = plans.map((plan) => {
    const part = planes.subarray(offset, offset + plan.width * points);
    offset += part.length;
    return readPlanes(part, plan, points);
  }) as [Float64Array, Float64Array, Float64Array];
  return { timestamps, steps, values };
}

// Run-length matching finds the planes' repeats at twice the speed of a full search.
function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 1, strategy: constants.Z_RLE });
}

function planAxis(axis: Float64Array): Plan {
  const first = axis[0] ?? 0;
  const delta = axis.length > 1 ? (axis[1] as number) - first : 0;
  let constant = true;
  let largest = 0;
  for (let i = 1; i < axis.length; i++) {
    const step = (axis[i] as number) - (axis[i - 1] as number);
    if (step !== delta) constant = false;
    const size = Math.abs(step);
    if (size > largest) largest = size;
  }
  if (largest > LARGEST_DELTA) return { mode: FLOAT64, width: 8, first, delta };
  if (constant) return { mode: CONSTANT, width: 0, first, delta };
  return { mode: DELTAS, width: Math.ceil(Math.log2(2 * largest + 2) / 8), first, delta };
}

function planValues(values: Float64Array): Plan {
  return isFloat32(values)
    ? { mode: FLOAT32, width: 4, first: 0, delta: 0 }
    : { mode: FLOAT64, width: 8, first: 0, delta: 0 };
}

function readPlan(reader: ByteReader): Plan {
  const head = reader.byte();
  const mode = head >> 4;
  const width = head & 15;
  const first = mode === CONSTANT || mode === DELTAS ? reader.float64() : 0;
  return { mode, width, first, delta: mode === CONSTANT ? reader.float64() : 0 };
}

function writePlanes(planes: Uint8Array, column: Float64Array, plan: Plan): void {
  if (plan.mode === CONSTANT) return;
  if (plan.mode === DELTAS) {
    writeDeltas(planes, column, plan.width);
    return;
  }
  const cells = plan.mode === FLOAT32 ? Float32Array.from(column) : Float64Array.from(column);
  const bytes = new Uint8Array(cells.buffer);
  const points = column.length;
  for (let plane = 0; plane < plan.width; plane++) {
    const start = plane * points;
    let previous = 0;
    for (let i = 0, from = plane; i < points; i++, from += plan.width) {
      const byte = bytes[from] as number;
      planes[start + i] = byte ^ previous;
      previous = byte;
    }
  }
}

function readPlanes(planes: Uint8Array, plan: Plan, points: number): Float64Array {
  if (plan.mode === CONSTANT) return readConstant(plan, points);
  if (plan.mode === DELTAS) return readDeltas(planes, plan, points);
  const bytes = new Uint8Array(points * plan.width);
  for (let plane = 0; plane < plan.width; plane++) {
    const start = plane * points;
    let previous = 0;
    for (let i = 0, to = plane; i < points; i++, to += plan.width) {
      previous ^= planes[start + i] as number;
      bytes[to] = previous;
    }
  }
  return plan.mode === FLOAT32
    ? Float64Array.from(new Float32Array(bytes.buffer))
    : new Float64Array(bytes.buffer);
}

function readConstant(plan: Plan, points: number): Float64Array {
  const column = new Float64Array(points);
  for (let i = 0, value = plan.first; i < points; i++, value += plan.delta) column[i] = value;
  return column;
}

function writeDeltas(planes: Uint8Array, column: Float64Array, width: number): void {
  const points = column.length;
  for (let i = 1; i < points; i++) {
    let rest = zigzag((column[i] as number) - (column[i - 1] as number));
    for (let plane = 0; plane < width; plane++) {
      planes[plane * points + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
}

function readDeltas(planes: Uint8Array, plan: Plan, points: number): Float64Array {
  const column = new Float64Array(points);
  let value = plan.first;
  column[0] = value;
  for (let i = 1; i < points; i++) {
    let coded = 0;
    for (let plane = plan.width - 1; plane >= 0; plane--) {
      coded = coded * 256 + (planes[plane * points + i] as number);
    }
    value += unzigzag(coded);
    column[i] = value;
  }
  return column;
}
