import { nearestIndex } from "./traces.ts";
import type { Trace } from "./traces.ts";

/** A trace at the crosshair. */
export interface HoverEntry {
  trace: Trace;
  /** The position of the bucket. */
  at: number;
  value: number;
  /** How far its point is from the pointer, in CSS pixels down or up. */
  distance: number;
}

export interface Hover {
  x: number;
  /** Where the pointer is in the plot, in CSS pixels. */
  left: number;
  top: number;
  /** The width of the whole plot. */
  width: number;
  /** Nearest to the pointer first. */
  entries: readonly HoverEntry[];
  /** The run under the pointer, if one is near enough. */
  nearest: string | undefined;
}

export interface Pointer {
  x: number;
  left: number;
  top: number;
  width: number;
  /** Pixels of a value, and the width of one pixel in x. */
  yOf(value: number): number;
  xPerPixel: number;
}

const catchPixels = 28;

/** What lies at the crosshair: every trace that has a point near x. */
export function hoverAt(traces: readonly Trace[], pointer: Pointer): Hover {
  const entries: HoverEntry[] = [];
  for (const trace of traces) {
    const at = nearestIndex(trace.x, pointer.x);
    if (at === -1 || outside(trace, pointer)) continue;
    const value = trace.y[at] ?? Number.NaN;
    const distance = Number.isFinite(value)
      ? Math.abs(pointer.yOf(value) - pointer.top)
      : Number.POSITIVE_INFINITY;
    entries.push({ trace, at, value, distance });
  }
  entries.sort((a, b) => a.distance - b.distance);
  const closest = entries[0];
  const nearest = closest && closest.distance <= catchPixels ? closest.trace.line.id : undefined;
  const { left, top, width } = pointer;
  // The place of a point, where there is one: a step between two steps means nothing.
  const x = closest?.trace.x[closest.at] ?? pointer.x;
  return { x, left, top, width, entries, nearest };
}

/** Whether the crosshair stands clearly before the trace begins or after it ends. */
function outside({ x }: Trace, pointer: Pointer): boolean {
  const slack = pointer.xPerPixel * catchPixels;
  return pointer.x < (x[0] ?? 0) - slack || pointer.x > (x[x.length - 1] ?? 0) + slack;
}
