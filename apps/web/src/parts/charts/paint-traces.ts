import { lonePoints, walkTrace } from "./trace-walk.ts";
import type { Projection } from "./trace-walk.ts";
import { lowerBound } from "./traces.ts";
import type { Trace } from "./traces.ts";

/** Where a chart is painted, in canvas pixels. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Canvas pixels a CSS pixel. */
  ratio: number;
}

export interface PaintOptions {
  area: PlotArea;
  projection: Projection;
  /** Changes whenever the projection does: the paths of the last paint are used while it stays. */
  key: string;
  /** The trace to bring forward; the others step back. */
  highlighted: string | undefined;
}

/** With more traces than these, bands and raw lines would only hide each other. */
const bandLimit = 8;
const rawLimit = 16;

interface TracePaths {
  key: string;
  main: Path2D;
  raw: Path2D | undefined;
  band: Path2D | undefined;
}

const pathCache = new WeakMap<Trace, TracePaths>();

/** Paints traces, the highlighted one last. */
export function paintTraces(
  context: CanvasRenderingContext2D,
  traces: readonly Trace[],
  options: PaintOptions,
) {
  const { area, highlighted } = options;
  context.save();
  context.beginPath();
  // A little beyond the end: the mark on a last point is not cut in half.
  context.rect(area.left, area.top, area.width + 6 * area.ratio, area.height);
  context.clip();
  context.lineJoin = "round";
  const front = traces.filter((trace) => trace.line.id === highlighted);
  const back = traces.filter((trace) => trace.line.id !== highlighted);
  const banded = traces.length <= bandLimit;
  const rawShown = traces.length <= rawLimit;
  const faded = front.length > 0;
  for (const trace of back)
    paintTrace(context, trace, { ...options, strong: false, faded, banded, rawShown });
  for (const trace of front)
    paintTrace(context, trace, { ...options, strong: true, faded: false, banded: true, rawShown });
  context.restore();
}

interface TraceOptions extends PaintOptions {
  strong: boolean;
  faded: boolean;
  banded: boolean;
  rawShown: boolean;
}

function paintTrace(context: CanvasRenderingContext2D, trace: Trace, options: TraceOptions) {
  const { area, strong, faded, banded } = options;
  const paths = pathsOf(trace, options);
  const opacity = faded ? 0.22 : 1;
  context.strokeStyle = trace.line.color;
  context.fillStyle = trace.line.color;
  if (banded && paths.band) {
    context.globalAlpha = 0.13 * opacity;
    context.fill(paths.band);
  }
  if (paths.raw && (strong || options.rawShown)) {
    context.globalAlpha = 0.26 * opacity;
    context.lineWidth = area.ratio;
    context.stroke(paths.raw);
  }
  context.globalAlpha = opacity;
  context.lineWidth = (strong ? 2.25 : 1.5) * area.ratio;
  context.stroke(paths.main);
  paintMarks(context, trace, options);
  context.globalAlpha = 1;
}

function pathsOf(trace: Trace, { projection, key }: TraceOptions): TracePaths {
  const known = pathCache.get(trace);
  if (known?.key === key) return known;
  const paths: TracePaths = {
    key,
    main: pathOf(trace.x, trace.y, projection),
    raw: trace.raw && pathOf(trace.x, trace.raw, projection),
    band: bandPath(trace, projection),
  };
  pathCache.set(trace, paths);
  return paths;
}

function pathOf(x: Float64Array, y: Float64Array, projection: Projection): Path2D {
  const path = new Path2D();
  walkTrace({ x, y }, projection, path);
  return path;
}

/** The area between the bounds of the buckets, one polygon for each part without a gap. */
function bandPath({ x, low, high }: Trace, projection: Projection): Path2D | undefined {
  if (!low || !high) return undefined;
  const path = new Path2D();
  const first = Math.max(0, lowerBound(x, projection.from) - 1);
  const last = Math.min(x.length - 1, lowerBound(x, projection.to));
  let begin = -1;
  for (let at = first; at <= last + 1; at += 1) {
    const stands = at <= last && Number.isFinite(projection.y(low[at] ?? Number.NaN));
    if (stands && begin === -1) begin = at;
    if (!stands && begin !== -1) {
      addPolygon(path, { x, low, high, projection, from: begin, to: at - 1 });
      begin = -1;
    }
  }
  return path;
}

interface Polygon {
  x: Float64Array;
  low: Float64Array;
  high: Float64Array;
  projection: Projection;
  from: number;
  to: number;
}

function addPolygon(path: Path2D, { x, low, high, projection, from, to }: Polygon) {
  path.moveTo(projection.x(x[from] ?? 0), projection.y(high[from] ?? 0));
  for (let at = from; at <= to; at += 1)
    path.lineTo(projection.x(x[at] ?? 0), projection.y(high[at] ?? 0));
  for (let at = to; at >= from; at -= 1)
    path.lineTo(projection.x(x[at] ?? 0), projection.y(low[at] ?? 0));
  path.closePath();
}

/** Lone points, values that are no numbers (triangles on the floor), the end of a failed run. */
function paintMarks(context: CanvasRenderingContext2D, trace: Trace, options: TraceOptions) {
  const { area, projection } = options;
  const unit = area.ratio;
  for (const point of lonePoints(trace, projection)) {
    context.beginPath();
    context.arc(point.x, point.y, 2.25 * unit, 0, Math.PI * 2);
    context.fill();
  }
  const floor = area.top + area.height;
  for (const at of trace.line.notFinite) {
    const x = projection.x(trace.x[at] ?? Number.NaN);
    context.beginPath();
    context.moveTo(x - 4 * unit, floor);
    context.lineTo(x + 4 * unit, floor);
    context.lineTo(x, floor - 7 * unit);
    context.fill();
  }
  if (trace.line.failed) paintCross(context, trace, options);
}

function paintCross(
  context: CanvasRenderingContext2D,
  trace: Trace,
  { area, projection }: TraceOptions,
) {
  const end = lastFinite(trace.y);
  if (end === -1) return;
  const x = projection.x(trace.x[end] ?? 0);
  const y = projection.y(trace.y[end] ?? 0);
  const arm = 4 * area.ratio;
  context.lineWidth = 2 * area.ratio;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
}

/** The position of the last point that is a number; -1 for none. */
export function lastFinite(values: Float64Array): number {
  let at = values.length - 1;
  while (at >= 0 && !Number.isFinite(values[at])) at -= 1;
  return at;
}
