/** Points of one series as columns; timestamps in milliseconds. */
export interface PointColumns {
  readonly timestamps: Float64Array;
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/** Where a point stands in its series: MLflow's order (timestamp, step, value), NaN after +Infinity. */
export interface PointKey {
  readonly timestamp: number;
  readonly step: number;
  readonly value: number;
}

export function emptyColumns(length: number): PointColumns {
  // One allocation for the three: batches have many short series.
  const buffer = new ArrayBuffer(length * 24);
  return {
    timestamps: new Float64Array(buffer, 0, length),
    steps: new Float64Array(buffer, length * 8, length),
    values: new Float64Array(buffer, length * 16, length),
  };
}

export function sliceColumns(columns: PointColumns, from: number, to?: number): PointColumns {
  return {
    timestamps: columns.timestamps.subarray(from, to),
    steps: columns.steps.subarray(from, to),
    values: columns.values.subarray(from, to),
  };
}

export function keyAt(columns: PointColumns, index: number): PointKey {
  return {
    timestamp: columns.timestamps[index] as number,
    step: columns.steps[index] as number,
    value: columns.values[index] as number,
  };
}

/** Number order with NaN last and equal to itself, as PostgreSQL orders float8. */
export function compareValues(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

export function compareKeys(a: PointKey, b: PointKey): number {
  return a.timestamp - b.timestamp || a.step - b.step || compareValues(a.value, b.value);
}

type PointOrder = (i: number, j: number) => number;

/** `compareKeys(keyAt(a, i), keyAt(b, j))` without the objects. */
function pointOrder(a: PointColumns, b: PointColumns): PointOrder {
  return (i, j) =>
    (a.timestamps[i] as number) - (b.timestamps[j] as number) ||
    (a.steps[i] as number) - (b.steps[j] as number) ||
    compareValues(a.values[i] as number, b.values[j] as number);
}

/** Number of points that stand at or before `key`; the columns must be sorted. */
export function countUpTo(columns: PointColumns, key: PointKey): number {
  let low = 0;
  let high = columns.values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keyAt(columns, middle), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSortedDistinct(columns: PointColumns): boolean {
  const compare = pointOrder(columns, columns);
  for (let i = 1; i < columns.values.length; i++) {
    if (compare(i - 1, i) >= 0) return false;
  }
  return true;
}

/** The same points in order, each once. */
export function sortDistinct(columns: PointColumns): PointColumns {
  if (isSortedDistinct(columns)) return columns;
  const compare = pointOrder(columns, columns);
  const order = Uint32Array.from({ length: columns.values.length }, (_, i) => i).sort(compare);
  const sorted = emptyColumns(order.length);
  const copy = pointCopier(columns, sorted);
  let length = 0;
  let previous = -1;
  for (const index of order) {
    if (previous < 0 || compare(previous, index) !== 0) copy(index, length++);
    previous = index;
  }
  return sliceColumns(sorted, 0, length);
}

/** Union of two sorted, distinct columns, sorted and distinct. */
export function mergeDistinct(a: PointColumns, b: PointColumns): PointColumns {
  const [lengthA, lengthB] = [a.values.length, b.values.length];
  if (lengthB === 0) return a;
  if (lengthA === 0) return b;
  const compare = pointOrder(a, b);
  if (compare(lengthA - 1, 0) < 0) return concatColumns([a, b]);
  const merged = emptyColumns(lengthA + lengthB);
  const copyA = pointCopier(a, merged);
  const copyB = pointCopier(b, merged);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < lengthA && j < lengthB) {
    const order = compare(i, j);
    if (order <= 0) copyA(i++, length++);
    else copyB(j, length++);
    if (order >= 0) j++;
  }
  while (i < lengthA) copyA(i++, length++);
  while (j < lengthB) copyB(j++, length++);
  return sliceColumns(merged, 0, length);
}

export function concatColumns(parts: readonly PointColumns[]): PointColumns {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const joined = emptyColumns(parts.reduce((sum, part) => sum + part.values.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.timestamps.set(part.timestamps, offset);
    joined.steps.set(part.steps, offset);
    joined.values.set(part.values, offset);
    offset += part.values.length;
  }
  return joined;
}

function pointCopier(from: PointColumns, to: PointColumns): (index: number, at: number) => void {
  return (index, at) => {
    to.timestamps[at] = from.timestamps[index] as number;
    to.steps[at] = from.steps[index] as number;
    to.values[at] = from.values[index] as number;
  };
}
