import type { Pool } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import {
  countUpTo,
  emptyColumns,
  keyAt,
  mergeDistinct,
  sliceColumns,
  type PointColumns,
  type PointKey,
} from "./columns.ts";
import { decodeColumns } from "./segment-codec.ts";
import { readPendingPoints, readSnapshot, settlePending } from "./snapshot.ts";

export const LONGEST_HISTORY_PAGE = 25_000;
/** Segments looked at for a page; those of a long series fill it with three or four. */
const SEGMENTS = 64;

export interface HistoryQuery {
  readonly runId: string;
  readonly key: string;
  /** Points at most, 1 to 25,000 (default). */
  readonly limit?: number | undefined;
  /** `nextToken` of the page before. */
  readonly afterToken?: string | undefined;
}

export interface HistoryPoint {
  readonly timestampMs: number;
  readonly step: number;
  readonly value: number;
}

export interface HistoryPage {
  readonly points: HistoryPoint[];
  /** Where there is more. */
  readonly nextToken?: string;
}

/**
 * A page of a series in MLflow's order: timestamp, step, value, with NaN after +Infinity. Memory is
 * bounded by the page, not by the series. A series that is not there is empty. Throws
 * `invalid_argument` for a token or limit that is none.
 */
export async function history(pool: Pool, query: HistoryQuery): Promise<HistoryPage> {
  const limit = query.limit ?? LONGEST_HISTORY_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_HISTORY_PAGE) {
    throw new PlatformError("invalid_argument", `limit must be 1 to ${LONGEST_HISTORY_PAGE}`);
  }
  const after = query.afterToken === undefined ? BEFORE_ALL : decodeToken(query.afterToken);
  await settlePending(pool, [query.runId]);
  const { columns, complete } = await readAfter(pool, { ...query, limit, after });
  const page = sliceColumns(columns, 0, limit);
  const points = Array.from(page.values, (value, i) => ({
    timestampMs: page.timestamps[i] as number,
    step: page.steps[i] as number,
    value,
  }));
  if (complete && columns.values.length <= limit) return { points };
  return { points, nextToken: encodeToken(keyAt(page, page.values.length - 1)) };
}

const BEFORE_ALL: PointKey = {
  timestamp: -Number.MAX_SAFE_INTEGER - 1,
  step: 0,
  value: Number.NEGATIVE_INFINITY,
};

interface Stored {
  head: Buffer | null;
  data: Buffer | null;
  seen: number | null;
}

// Adds up from the second segment: of the first, all but one point may lie before the token.
const SEGMENTS_AFTER = `
  SELECT s.head, g.data, g.seen::int4 FROM metrics.series s LEFT JOIN LATERAL (
    SELECT data, row_number() OVER w AS seen,
      sum(points) OVER w - points - first_value(points) OVER w AS before
    FROM (
      SELECT last_timestamp, last_step, last_value, points, data FROM metrics.segment
      WHERE series_id = s.id
        AND (last_timestamp, last_step, last_value) > ($3::int8, $4::int8, $5::float8)
      ORDER BY last_timestamp, last_step, last_value LIMIT ${SEGMENTS}
    ) page WINDOW w AS (ORDER BY last_timestamp, last_step, last_value)
  ) g ON g.before <= $6
  WHERE s.run_id = $1 AND s.key = $2 ORDER BY g.seen`;

/** Points after a place, in order: all of them if `complete`, else more than `limit` or as far as was looked. */
async function readAfter(
  pool: Pool,
  query: { runId: string; key: string; limit: number; after: PointKey },
): Promise<{ columns: PointColumns; complete: boolean }> {
  const { runId, key, limit, after } = query;
  const [rows, pending] = await readSnapshot(pool, async (client) => {
    const stored = await client.query<Stored>({
      name: "metrics-history",
      text: SEGMENTS_AFTER,
      values: [runId, key, after.timestamp, after.step, after.value, limit],
    });
    return [stored.rows, await readPendingPoints(client, [runId], [key])] as const;
  });
  const head = rows[0]?.head;
  let columns = head ? decodeColumns(head) : emptyColumns(0);
  for (const { data } of rows) {
    if (data !== null) columns = mergeDistinct(columns, decodeColumns(data));
  }
  const boundary =
    columns.values.length === 0 ? undefined : keyAt(columns, columns.values.length - 1);
  columns = mergeDistinct(columns, pending.get(runId)?.get(key) ?? emptyColumns(0));
  const complete = rows.length < SEGMENTS;
  // Past the last segment that was looked at, others may lie between the pending points.
  const to = rows.length === SEGMENTS && boundary ? countUpTo(columns, boundary) : undefined;
  return { columns: sliceColumns(columns, countUpTo(columns, after), to), complete };
}

const TOKEN_BYTES = 24;

function encodeToken(key: PointKey): string {
  const bytes = Buffer.allocUnsafe(TOKEN_BYTES);
  bytes.writeDoubleLE(key.timestamp, 0);
  bytes.writeDoubleLE(key.step, 8);
  bytes.writeDoubleLE(key.value, 16);
  return bytes.toString("base64url");
}

function decodeToken(token: string): PointKey {
  const bytes = Buffer.from(token, "base64url");
  const key: PointKey | undefined =
    bytes.length === TOKEN_BYTES
      ? {
          timestamp: bytes.readDoubleLE(0),
          step: bytes.readDoubleLE(8),
          value: bytes.readDoubleLE(16),
        }
      : undefined;
  if (key && Number.isSafeInteger(key.timestamp) && Number.isSafeInteger(key.step)) return key;
  throw new PlatformError("invalid_argument", "afterToken is no token of a page of metric history");
}
