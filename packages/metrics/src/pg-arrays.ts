/*
 * Arrays as PostgreSQL's binary parameters: doubles arrive bit by bit, and neither side spends time on
 * printing and parsing text. node-postgres sends a Buffer as binary, so the statement casts: $1::float8[].
 */
const OID = { bytea: 17, int8: 20, int4: 23, text: 25, float8: 701 } as const;
const HEADER = 20;

function header(oid: number, length: number, bodySize: number): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + length * 4 + bodySize);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(1, 4); // May hold nulls.
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

function empty(oid: number): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(oid, 8);
  return buffer;
}

/** float8[]; a `null` is SQL's. */
export function float8Array(values: ArrayLike<number | null>): Buffer {
  if (values.length === 0) return empty(OID.float8);
  const buffer = header(OID.float8, values.length, values.length * 8);
  let offset = HEADER;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number | null;
    if (value === null) {
      offset = buffer.writeInt32BE(-1, offset);
      continue;
    }
    offset = buffer.writeInt32BE(8, offset);
    offset = buffer.writeDoubleBE(value, offset);
  }
  return buffer.subarray(0, offset);
}

/** int8[] of safe integers. */
export function int8Array(values: ArrayLike<number>): Buffer {
  if (values.length === 0) return empty(OID.int8);
  const buffer = header(OID.int8, values.length, values.length * 8);
  let offset = HEADER;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    offset = buffer.writeInt32BE(8, offset);
    offset = buffer.writeInt32BE(Math.floor(value / 2 ** 32), offset);
    offset = buffer.writeUInt32BE(value >>> 0, offset);
  }
  return buffer;
}

/** int4[]. */
export function int4Array(values: ArrayLike<number>): Buffer {
  if (values.length === 0) return empty(OID.int4);
  const buffer = header(OID.int4, values.length, values.length * 4);
  let offset = HEADER;
  for (let i = 0; i < values.length; i++) {
    offset = buffer.writeInt32BE(4, offset);
    offset = buffer.writeInt32BE(values[i] as number, offset);
  }
  return buffer;
}

/** text[]. */
export function textArray(values: readonly string[]): Buffer {
  if (values.length === 0) return empty(OID.text);
  const size = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  const buffer = header(OID.text, values.length, size);
  let offset = HEADER;
  for (const value of values) {
    const written = buffer.write(value, offset + 4, "utf8");
    buffer.writeInt32BE(written, offset);
    offset += 4 + written;
  }
  return buffer;
}

/** bytea[]; a `null` is SQL's. */
export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  if (values.length === 0) return empty(OID.bytea);
  const size = values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  const buffer = header(OID.bytea, values.length, size);
  let offset = HEADER;
  for (const value of values) {
    offset = buffer.writeInt32BE(value === null ? -1 : value.length, offset);
    if (value === null) continue;
    buffer.set(value, offset);
    offset += value.length;
  }
  return buffer;
}
