import { lowerBound } from "./traces.ts";

/** Turns values into pixels. */
export interface Projection {
  x(value: number): number;
  /** NaN for what has no place: zero and below on a log scale. */
  y(value: number): number;
  /** The visible range of x. */
  from: number;
  to: number;
}

/** Takes the strokes of a walk: a canvas path, or the text of an SVG one. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * Walks the visible part of a series, broken at gaps. Where many points fall on one pixel column,
 * only its first, lowest, highest and last are drawn: the picture is the same.
 */
export function walkTrace(
  { x, y }: { x: ArrayLike<number>; y: ArrayLike<number> },
  projection: Projection,
  sink: PathSink,
) {
  const first = Math.max(0, lowerBound(x, projection.from) - 1);
  const last = Math.min(x.length - 1, lowerBound(x, projection.to));
  const column = new PixelColumn(sink);
  let drawing = false;
  for (let at = first; at <= last; at += 1) {
    const py = projection.y(y[at] ?? Number.NaN);
    if (!Number.isFinite(py)) {
      column.flush();
      drawing = false;
      continue;
    }
    const px = projection.x(x[at] ?? 0);
    if (drawing) column.add(px, py);
    else {
      sink.moveTo(px, py);
      column.begin(px, py);
      drawing = true;
    }
  }
  column.flush();
}

/** Gathers the points of one pixel column. */
class PixelColumn {
  readonly #sink: PathSink;
  #column = Number.NaN;
  #count = 0;
  #low = 0;
  #high = 0;
  #lowX = 0;
  #highX = 0;
  #lastX = 0;
  #lastY = 0;

  constructor(sink: PathSink) {
    this.#sink = sink;
  }

  /** The first point after a gap, which is drawn already. */
  begin(x: number, y: number) {
    this.#column = Math.floor(x);
    this.#count = 0;
    this.#reset(x, y);
  }

  add(x: number, y: number) {
    const column = Math.floor(x);
    if (column !== this.#column) {
      this.flush();
      this.#column = column;
      this.#sink.lineTo(x, y);
      this.#reset(x, y);
      return;
    }
    this.#count += 1;
    if (y < this.#low) {
      this.#low = y;
      this.#lowX = x;
    }
    if (y > this.#high) {
      this.#high = y;
      this.#highX = x;
    }
    this.#lastX = x;
    this.#lastY = y;
  }

  /** Draws what is left of the column; safe to call twice. */
  flush() {
    if (this.#count > 0) {
      if (this.#count > 1) {
        const lowFirst = this.#lowX <= this.#highX;
        this.#sink.lineTo(lowFirst ? this.#lowX : this.#highX, lowFirst ? this.#low : this.#high);
        this.#sink.lineTo(lowFirst ? this.#highX : this.#lowX, lowFirst ? this.#high : this.#low);
      }
      this.#sink.lineTo(this.#lastX, this.#lastY);
    }
    this.#count = 0;
  }

  #reset(x: number, y: number) {
    this.#low = y;
    this.#high = y;
    this.#lowX = x;
    this.#highX = x;
    this.#lastX = x;
    this.#lastY = y;
  }
}

/** Points that stand alone between gaps, which a line would not show. */
export function lonePoints(
  { x, y }: { x: ArrayLike<number>; y: ArrayLike<number> },
  projection: Projection,
): { x: number; y: number }[] {
  const first = Math.max(0, lowerBound(x, projection.from) - 1);
  const last = Math.min(x.length - 1, lowerBound(x, projection.to));
  const stands = (at: number) => Number.isFinite(projection.y(y[at] ?? Number.NaN));
  const alone: { x: number; y: number }[] = [];
  for (let at = first; at <= last; at += 1) {
    if (!stands(at) || (at > 0 && stands(at - 1)) || (at < x.length - 1 && stands(at + 1)))
      continue;
    alone.push({ x: projection.x(x[at] ?? 0), y: projection.y(y[at] ?? 0) });
  }
  return alone;
}
