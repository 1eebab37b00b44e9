/** What is on the screen: positions from `first` to before `end`. */
export interface VisibleRange {
  first: number;
  end: number;
}

/** The lines of one height that lie in a stretch of pixels, and some beyond on each side. */
export function visibleLines(
  { top, height }: { top: number; height: number },
  { lineHeight, count, beyond }: { lineHeight: number; count: number; beyond: number },
): VisibleRange {
  const first = Math.min(count, Math.max(0, Math.floor(top / lineHeight) - beyond));
  const end = Math.min(count, Math.ceil((top + height) / lineHeight) + beyond);
  return { first, end };
}

/** Where columns of different widths begin; one entry more than there are columns. */
export function columnStarts(widths: readonly number[]): Float64Array {
  const starts = new Float64Array(widths.length + 1);
  widths.forEach((width, at) => {
    starts[at + 1] = (starts[at] ?? 0) + width;
  });
  return starts;
}

/** The columns that lie in a stretch of pixels, and some beyond on each side. */
export function visibleColumns(
  starts: Float64Array,
  { left, width }: { left: number; width: number },
  beyond: number,
): VisibleRange {
  const count = starts.length - 1;
  const first = Math.max(0, columnAt(starts, left) - beyond);
  const end = Math.min(count, columnAt(starts, left + width) + 1 + beyond);
  return { first, end };
}

/** The column that a pixel lies in; the last one for pixels beyond it. */
function columnAt(starts: Float64Array, pixel: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The scroll position at which a stretch is in view, moved as little as can be. */
export function revealed(
  position: number,
  stretch: { start: number; size: number },
  window: number,
): number {
  if (stretch.start < position) return stretch.start;
  const end = stretch.start + stretch.size;
  return end > position + window ? end - window : position;
}
