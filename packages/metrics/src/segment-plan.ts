import {
  compareKeys,
  countUpTo,
  keyAt,
  mergeDistinct,
  sliceColumns,
  type PointColumns,
  type PointKey,
} from "./columns.ts";

/** Points of a full segment. Charts of millions of points read one summary for each. */
export const FULL_SEGMENT = 10_240;
/** A segment that has as many is never joined with later ones. */
const COMPLETE_SEGMENT = FULL_SEGMENT / 2;
/** A segment that has as many is left as it is until there are enough for a full one. */
export const CLOSED_SEGMENT = 512;

/** A segment without its points. */
export interface SegmentHead {
  readonly seriesId: number;
  /** Row identity within the transaction that read it. */
  readonly ctid: string;
  readonly last: PointKey;
  readonly points: number;
}

/** Replace `replaced` by segments of their points and the `added` ones. */
export interface Rewrite {
  readonly seriesId: number;
  readonly replaced: readonly SegmentHead[];
  readonly added: PointColumns;
}

/**
 * How to bring sorted, distinct points into a series. `heads` are, in order, its segments that end at or
 * after the first of the points, and of those before it at least all at the end that are not complete.
 */
export function planRewrites(
  seriesId: number,
  added: PointColumns,
  heads: readonly SegmentHead[],
): Rewrite[] {
  const rewrites: Rewrite[] = [];
  const first = keyAt(added, 0);
  const earlier = heads.filter((head) => compareKeys(head.last, first) < 0);
  const overlapped = heads.slice(earlier.length);
  if (overlapped.length === 0) return [{ seriesId, added, replaced: openTail(earlier, added) }];
  let taken = 0;
  for (const [index, head] of overlapped.entries()) {
    const isLast = index === overlapped.length - 1;
    const to =
      isLast && head.points < FULL_SEGMENT ? added.values.length : countUpTo(added, head.last);
    if (to > taken) {
      rewrites.push({ seriesId, replaced: [head], added: sliceColumns(added, taken, to) });
    }
    taken = to;
  }
  if (taken < added.values.length) {
    rewrites.push({ seriesId, replaced: [], added: sliceColumns(added, taken) });
  }
  return rewrites;
}

/** The segments at the end that points appended in order are to be joined with. */
function openTail(heads: readonly SegmentHead[], added: PointColumns): readonly SegmentHead[] {
  let from = heads.length;
  let points = added.values.length;
  while (from > 0 && (heads[from - 1] as SegmentHead).points < COMPLETE_SEGMENT) {
    points += (heads[--from] as SegmentHead).points;
  }
  if (points >= FULL_SEGMENT) return heads.slice(from);
  return heads.slice(-1).filter((head) => head.points < CLOSED_SEGMENT);
}

/**
 * The points of the segments that take the place of `existing`, the rewrite's replaced points in order;
 * `undefined` where the added points are all there already.
 */
export function rewriteSegments(
  existing: PointColumns,
  added: PointColumns,
): PointColumns[] | undefined {
  const merged = mergeDistinct(existing, added);
  const { length } = merged.values;
  if (length === existing.values.length) return undefined;
  // Appended points fill segments up; others split them evenly, to leave room for more of their kind.
  const appended = existing.values.length === 0 || isBefore(existing, added);
  const size = appended ? FULL_SEGMENT : Math.ceil(length / Math.ceil(length / FULL_SEGMENT));
  const segments: PointColumns[] = [];
  for (let from = 0; from < length; from += size) {
    segments.push(sliceColumns(merged, from, from + size));
  }
  return segments;
}

function isBefore(a: PointColumns, b: PointColumns): boolean {
  return compareKeys(keyAt(a, a.values.length - 1), keyAt(b, 0)) < 0;
}
