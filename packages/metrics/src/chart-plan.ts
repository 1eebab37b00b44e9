import { countUpTo, emptyColumns, keyAt, sliceColumns, type PointColumns } from "./columns.ts";
import { axisOf, boundsOf, type PointAxis } from "./chart-buckets.ts";
import { LEVEL_POINTS, pointsOf, SUMMARY, SUMMARY_WIDTH, type SummaryLevel } from "./summary.ts";

/** The part of the axis that is drawn, bounds included. */
export interface Span {
  readonly axis: PointAxis;
  readonly from: number;
  readonly to: number;
}

/** How much of a segment a chart reads. */
export type Detail = "summary" | SummaryLevel | "data";

/** A segment that has points within the span. */
export interface SegmentPart {
  /** Place among the series' segments, from 0. */
  readonly ordinal: number;
  readonly detail: Detail;
  /** Points of the series that lie in no segment yet, from the segment's first timestamp to its last. */
  readonly loose: PointColumns;
}

/** What of a series is drawn, in order. */
export type PlanPart = SegmentPart | PointColumns;

export function isSegmentPart(part: PlanPart): part is SegmentPart {
  return "ordinal" in part;
}

export interface ChartSource {
  /** One stored summary a segment, in order. */
  readonly summaries: Float64Array;
  /** Sorted points that lie in no segment, or do so again. */
  readonly loose: PointColumns;
}

/** What it may cost. */
export interface ChartBudget {
  readonly buckets: number;
  /** Points that may be decoded for the sake of a finer line. */
  readonly points: number;
  /** Summaries that may be read; more only where the line would be coarse without. */
  readonly summaries: number;
}

/** Decides what to read of each segment: as little as gives about as many buckets as asked for. */
export function planChart(source: ChartSource, span: Span, budget: ChartBudget): PlanPart[] {
  const { summaries, loose } = source;
  const { low, high } = boundsOf(span.axis);
  const parts: PlanPart[] = [];
  const whole: { index: number; points: number }[] = [];
  let taken = 0;
  for (let at = 0; at < summaries.length; at += SUMMARY_WIDTH) {
    const before = countBefore(loose, summaries[at + SUMMARY.firstTimestamp] as number);
    const upTo = countBefore(loose, (summaries[at + SUMMARY.lastTimestamp] as number) + 1);
    if (before > taken) parts.push(within(sliceColumns(loose, taken, before), span));
    const inside = sliceColumns(loose, before, upTo);
    taken = upTo;
    const [from, to] = [summaries[at + low] as number, summaries[at + high] as number];
    if (to < span.from || from > span.to) continue;
    const isWhole = from >= span.from && to <= span.to && inside.values.length === 0;
    if (isWhole) whole.push({ index: parts.length, points: pointsOf(summaries[at] as number) });
    const ordinal = at / SUMMARY_WIDTH;
    parts.push({ ordinal, detail: isWhole ? "summary" : "data", loose: inside });
  }
  if (taken < loose.values.length) parts.push(within(sliceColumns(loose, taken), span));
  const detail = detailFor(whole, budget);
  for (const { index } of whole) parts[index] = { ...(parts[index] as SegmentPart), detail };
  return parts.filter((part) => isSegmentPart(part) || part.values.length > 0);
}

/** The coarsest level that still has half as many summaries as there may be buckets, if it can be paid. */
function detailFor(whole: readonly { points: number }[], budget: ChartBudget): Detail {
  const enough = budget.buckets / 2;
  if (whole.length >= enough) return "summary";
  const points = whole.reduce((sum, segment) => sum + segment.points, 0);
  const coarse = points / LEVEL_POINTS.coarse;
  const fine = points / LEVEL_POINTS.fine;
  if (coarse >= enough) return "coarse";
  if (fine < enough && points <= budget.points) return "data";
  return fine > budget.summaries && coarse >= enough / 4 ? "coarse" : "fine";
}

function countBefore(columns: PointColumns, timestamp: number): number {
  if (columns.values.length === 0) return 0;
  return countUpTo(columns, {
    timestamp: timestamp - 1,
    step: Number.POSITIVE_INFINITY,
    value: NaN,
  });
}

/** The points whose x is within the span. */
export function within(columns: PointColumns, { axis, from, to }: Span): PointColumns {
  const x = axisOf(columns, axis);
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return columns;
  if (x.every((value) => value >= from && value <= to)) return columns;
  const kept = emptyColumns(x.length);
  let length = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    if (!(value >= from && value <= to)) continue;
    const key = keyAt(columns, i);
    kept.timestamps[length] = key.timestamp;
    kept.steps[length] = key.step;
    kept.values[length++] = key.value;
  }
  return sliceColumns(kept, 0, length);
}
