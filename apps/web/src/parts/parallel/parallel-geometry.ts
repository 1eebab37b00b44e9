import type { AxisScale } from "./axis-scale.ts";
import { withinBrushes } from "./parallel-model.ts";
import type { Brushes, ParallelRow } from "./parallel-model.ts";

/** A row as pixels: one height an axis, NaN where it has no value. */
export interface PlacedRow {
  row: ParallelRow;
  y: Float64Array;
  color: string;
  chosen: boolean;
}

export interface PlaceOptions {
  scales: readonly AxisScale[];
  brushes: Brushes;
  /** A row's colour. */
  colorOf(row: ParallelRow): string;
}

export function placeRows(rows: readonly ParallelRow[], options: PlaceOptions): PlacedRow[] {
  const { scales, brushes, colorOf } = options;
  return rows.map((row) => ({
    row,
    y: Float64Array.from(scales, (scale) => scale.place(row.values[scale.axis.id]) ?? Number.NaN),
    color: colorOf(row),
    chosen: withinBrushes(row, brushes),
  }));
}

export interface PointerInPlot {
  /** Pixels from the first axis, and from the top of the axes. */
  x: number;
  y: number;
  /** Pixels between two axes. */
  spacing: number;
}

const catchPixels = 10;

/** The chosen row whose line runs nearest below the pointer, if one runs near enough. */
export function rowAtPointer(
  placed: readonly PlacedRow[],
  pointer: PointerInPlot,
): PlacedRow | undefined {
  const { x, y, spacing } = pointer;
  const position = spacing === 0 ? 0 : x / spacing;
  let best: PlacedRow | undefined;
  let distance = catchPixels;
  for (const candidate of placed) {
    if (!candidate.chosen) continue;
    const off = Math.abs(heightAt(candidate.y, position) - y);
    if (off < distance) {
      best = candidate;
      distance = off;
    }
  }
  return best;
}

/** The height of a line between two axes; NaN where it is broken. */
function heightAt(y: Float64Array, position: number): number {
  const last = y.length - 1;
  const left = Math.max(0, Math.min(last, Math.floor(position)));
  const share = Math.max(0, Math.min(1, position - left));
  const from = y[left] ?? Number.NaN;
  if (share === 0) return from;
  const to = y[Math.min(last, left + 1)] ?? Number.NaN;
  return from + (to - from) * share;
}
