import type { ClientBase, Pool } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import {
  boundsOf,
  Buckets,
  axisOf,
  countPoints,
  fillInOrder,
  Grid,
  isInOrder,
  isSummaries,
  type ChartLine,
  type Piece,
} from "./chart-buckets.ts";
import {
  isSegmentPart,
  planChart,
  within,
  type ChartBudget,
  type Detail,
  type PlanPart,
  type Span,
} from "./chart-plan.ts";
import {
  placeName,
  readSegments,
  readSources,
  type SegmentPlace,
  type SeriesSource,
} from "./chart-source.ts";
import { mergeDistinct } from "./columns.ts";
import { textArray } from "./pg-arrays.ts";
import { decodeColumns } from "./segment-codec.ts";
import { readSnapshot, settlePending } from "./snapshot.ts";
import { decodeSummaries, pointsOf, SUMMARY_WIDTH } from "./summary.ts";

export const CHART_LIMITS = { runs: 500, buckets: 5000 } as const;

export interface ChartQuery {
  /** 1 to 500. */
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  /** x: the step; milliseconds since the epoch; or milliseconds since the run's first metric. */
  readonly axis: "step" | "time" | "relative";
  /** Buckets a series at most, 1 to 5,000. */
  readonly buckets: number;
  /** Bounds of x, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Where "relative" starts for a run, such as its start time, in milliseconds since the epoch. */
  readonly origins?: ReadonlyMap<string, number> | undefined;
}

export interface ChartSeries extends ChartLine {
  readonly runId: string;
  readonly key: string;
  /** Points that the series has within the bounds. */
  readonly points: number;
}

/** Points decoded for one chart so that its lines are finer than 128 points a bucket. */
const DECODED_POINTS = 300_000;
/** Summaries of the finer levels read for one chart. */
const READ_SUMMARIES = 20_000;
/** Points in memory at once. */
const GROUP_POINTS = 500_000;

/**
 * One line for each series of the runs and keys that has points within the bounds, in that order. Every
 * point is in exactly one bucket, and its min and max are exact, so that no spike is lost; buckets follow
 * one another along x. Lines of long series have fewer buckets than asked for
 * where more would cost too much, but never more than 1,024 points a bucket for its sake.
 */
export async function chart(pool: Pool, query: ChartQuery): Promise<ChartSeries[]> {
  checkQuery(query);
  if (query.keys.length === 0) return [];
  const runIds = [...new Set(query.runIds)];
  await settlePending(pool, runIds);
  return readSnapshot(pool, async (client) => {
    const sources = await readSources(client, runIds, [...new Set(query.keys)]);
    const origins = query.axis === "relative" ? await readOrigins(client, query) : undefined;
    const lineCount = Math.max(sources.length, 1);
    const budget = {
      buckets: query.buckets,
      points: DECODED_POINTS / lineCount,
      summaries: READ_SUMMARIES / lineCount,
    };
    const plans = sources.map((source) => {
      const origin = origins?.get(source.runId) ?? 0;
      const span: Span = {
        axis: query.axis === "step" ? "step" : "time",
        from: (query.from ?? Number.NEGATIVE_INFINITY) + origin,
        to: (query.to ?? Number.POSITIVE_INFINITY) + origin,
      };
      return { source, origin, span, parts: planChart(source, span, budget) };
    });
    const lines: ChartSeries[] = [];
    for (const group of groupPlans(plans)) lines.push(...(await drawGroup(client, group, budget)));
    return lines;
  });
}

function checkQuery({ runIds, buckets }: ChartQuery): void {
  if (runIds.length < 1 || runIds.length > CHART_LIMITS.runs) {
    throw new PlatformError("invalid_argument", `runIds must be 1 to ${CHART_LIMITS.runs} run ids`);
  }
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > CHART_LIMITS.buckets) {
    throw new PlatformError("invalid_argument", `buckets must be 1 to ${CHART_LIMITS.buckets}`);
  }
}

async function readOrigins(
  client: ClientBase,
  { runIds, origins }: ChartQuery,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ run_id: string; origin: string }>({
    name: "metrics-chart-origins",
    text: `SELECT run_id, min(first_timestamp) AS origin FROM metrics.series
      WHERE run_id = ANY($1::text[]) GROUP BY run_id`,
    values: [textArray(runIds)],
  });
  const first = new Map(rows.map((row) => [row.run_id, Number(row.origin)]));
  return new Map([...first, ...(origins ?? [])]);
}

interface Plan {
  readonly source: SeriesSource;
  readonly origin: number;
  readonly span: Span;
  readonly parts: readonly PlanPart[];
}

function* groupPlans(plans: readonly Plan[]): Generator<Plan[]> {
  let group: Plan[] = [];
  let size = 0;
  for (const plan of plans) {
    group.push(plan);
    for (const part of plan.parts) {
      if (!isSegmentPart(part) || part.detail !== "data") continue;
      size += pointsOf(plan.source.summaries[part.ordinal * SUMMARY_WIDTH] as number);
    }
    if (size < GROUP_POINTS) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}

async function drawGroup(
  client: ClientBase,
  group: readonly Plan[],
  budget: ChartBudget,
): Promise<ChartSeries[]> {
  const placesOf = (detail: Detail): SegmentPlace[] =>
    group.flatMap(({ source: { seriesId }, parts }) =>
      parts.flatMap((part) =>
        seriesId !== undefined && isSegmentPart(part) && part.detail === detail
          ? [{ seriesId, ordinal: part.ordinal }]
          : [],
      ),
    );
  const stored = {
    coarse: await readSegments(client, "coarse", placesOf("coarse")),
    fine: await readSegments(client, "fine", placesOf("fine")),
    data: await readSegments(client, "data", placesOf("data")),
  };
  const lines: ChartSeries[] = [];
  for (const plan of group) {
    const { runId, key } = plan.source;
    const pieces = plan.parts.map((part) => toPiece(plan, part, stored));
    const points = countPoints(pieces);
    if (points === 0) continue;
    const buckets = new Buckets(budget.buckets, plan.span.axis);
    if (isInOrder(pieces, plan.span.axis)) fillInOrder(buckets, pieces, plan.span.axis);
    else await fillGrid(client, buckets, { plan, pieces });
    lines.push({ runId, key, points, ...buckets.finish(plan.origin) });
  }
  return lines;
}

type Stored = Readonly<Record<Exclude<Detail, "summary">, ReadonlyMap<string, Buffer | null>>>;

function toPiece({ source, span }: Plan, part: PlanPart, stored: Stored): Piece {
  if (!isSegmentPart(part)) return part;
  const place = placeName({ seriesId: source.seriesId as number, ordinal: part.ordinal });
  if (part.detail === "data") {
    const columns = decodeColumns(stored.data.get(place) as Buffer);
    return within(mergeDistinct(columns, part.loose), span);
  }
  const summaries = part.detail === "summary" ? undefined : stored[part.detail].get(place);
  if (summaries) return decodeSummaries(summaries);
  const at = part.ordinal * SUMMARY_WIDTH;
  return source.summaries.subarray(at, at + SUMMARY_WIDTH);
}

/** Segments decoded at once where a series' steps go back and forth. */
const GRID_SEGMENTS = 32;

async function fillGrid(
  client: ClientBase,
  buckets: Buckets,
  { plan, pieces }: { readonly plan: Plan; readonly pieces: readonly Piece[] },
): Promise<void> {
  const { axis } = plan.span;
  const grid = new Grid(buckets, ...extent(pieces, plan.span));
  const tooWide: SegmentPlace[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (!isSummaries(piece)) grid.addPoints(piece, axis);
    else if (!grid.addSummaries(piece, axis)) {
      const { ordinal } = plan.parts[index] as { ordinal: number };
      tooWide.push({ seriesId: plan.source.seriesId as number, ordinal });
    }
  }
  for (let from = 0; from < tooWide.length; from += GRID_SEGMENTS) {
    const places = tooWide.slice(from, from + GRID_SEGMENTS);
    const data = await readSegments(client, "data", places);
    for (const bytes of data.values()) grid.addPoints(decodeColumns(bytes as Buffer), axis);
  }
}

/** The least and the greatest x of the pieces. */
function extent(pieces: readonly Piece[], { axis }: Span): [low: number, high: number] {
  const bounds = boundsOf(axis);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const include = (from: number, to: number) => {
    low = Math.min(low, from);
    high = Math.max(high, to);
  };
  for (const piece of pieces) {
    if (isSummaries(piece)) {
      for (let at = 0; at < piece.length; at += SUMMARY_WIDTH) {
        include(piece[at + bounds.low] as number, piece[at + bounds.high] as number);
      }
    } else for (const x of axisOf(piece, axis)) include(x, x);
  }
  return [low, high];
}
