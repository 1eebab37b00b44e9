/**
 * TensorBoard's smoothing: an exponential moving average whose start is corrected for the missing
 * past, so that the first point stays where it is. `weight` is from 0 (none) to below 1. NaN stays
 * NaN and does not disturb what follows; a constant series stays as it is.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  const result = Float64Array.from(values);
  if (weight <= 0 || isConstant(values)) return result;
  let last = 0;
  let seen = 0;
  for (let at = 0; at < result.length; at += 1) {
    const value = result[at] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    last = last * weight + (1 - weight) * value;
    seen += 1;
    result[at] = last / (1 - weight ** seen);
  }
  return result;
}

function isConstant(values: ArrayLike<number>): boolean {
  const first = values[0];
  for (let at = 1; at < values.length; at += 1) if (values[at] !== first) return false;
  return true;
}
