import { EventType, type PlatformEvent } from "@tessera/contracts/event";
import type { Database } from "@tessera/db/client";
import type { Logger } from "@tessera/kit/logger";
import { type EventCursor, formatCursor } from "./event-cursor.ts";
import { listenForEvents, type Listener } from "./listen-for-events.ts";

/** An event with its place in the order, and the project whose members may know of it. */
export interface FeedEvent {
  readonly cursor: EventCursor;
  /** `null` for what everybody with an account may know. */
  readonly projectId: string | null;
  readonly event: PlatformEvent;
}

export interface Subscription {
  /** Events after this one reach the listener; those up to it are read with `read`. */
  readonly from: EventCursor;
  readonly end: () => void;
}

export interface EventFeed {
  /** Rejects when the database cannot be reached. */
  subscribe(listener: (event: FeedEvent) => void): Promise<Subscription>;
  /** Past events after one and up to another, both settled, oldest first. */
  read(after: EventCursor, upTo: EventCursor): Promise<FeedEvent[]>;
  /** Whether every event after the cursor is still there to be read. */
  reaches(cursor: EventCursor): Promise<boolean>;
  stop(): Promise<void>;
}

interface FeedOptions {
  readonly pool: Database["pool"];
  readonly log: Logger;
}

interface EventRow {
  readonly xid: string;
  readonly id: string;
  readonly project_id: string | null;
  readonly slug: string | null;
  readonly type: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
  readonly at: Date;
  readonly settled: boolean;
}

const pageSize = 500;
/** Events of transactions that others may still precede are looked for again this soon. */
const unsettledMs = 25;
const pollMs = 5000;

// Transactions below the snapshot's xmin are all over, so nothing can still appear before them.
const settled = "e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

const readAfter = {
  name: "events-after",
  text: `SELECT e.xid::text, e.id::text, e.project_id, p.slug, e.type, e.subject, e.data, e.at,
                ${settled} AS settled
         FROM event e LEFT JOIN project p ON p.id = e.project_id
         WHERE (e.xid, e.id) > ($1::bigint, $2::bigint)
         ORDER BY e.xid, e.id LIMIT ${pageSize}`,
};

/**
 * Follows the table of events for any number of listeners with one reader and one notification
 * channel. A lost database connection is made again; nothing is passed over.
 */
export function createEventFeed({ pool, log }: FeedOptions): EventFeed {
  const listeners = new Set<(event: FeedEvent) => void>();
  let position: EventCursor | undefined;
  let starting: Promise<void> | undefined;
  let source: Listener | undefined;
  let retry: NodeJS.Timeout | undefined;
  let busy = false;
  let again = false;
  let stopped = false;

  const readNew = async (): Promise<void> => {
    for (let more = true; more && position !== undefined && !stopped;) {
      const { xid, id } = position;
      const { rows } = await pool.query<EventRow>({ ...readAfter, values: [`${xid}`, `${id}`] });
      const ready = rows.filter((row) => row.settled).map(feedEvent);
      for (const event of ready) for (const listener of listeners) listener(event);
      position = ready.at(-1)?.cursor ?? position;
      more = ready.length === pageSize;
      if (ready.length < rows.length) lookAgain(unsettledMs);
    }
  };
  const lookAgain = (delayMs: number): void => {
    clearTimeout(retry);
    if (!stopped) retry = setTimeout(look, delayMs).unref();
  };
  const look = (): void => {
    again = true;
    if (busy || stopped || position === undefined) return;
    busy = true;
    void (async () => {
      lookAgain(pollMs);
      while (again && !stopped) {
        again = false;
        await readNew();
      }
    })()
      .catch((error: unknown) => log.warn({ err: error }, "Events cannot be read for now"))
      .finally(() => {
        busy = false;
      });
  };
  const start = async (): Promise<void> => {
    const { rows } = await pool.query<{ xid: string }>(
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid",
    );
    position = { xid: BigInt(rows[0]?.xid ?? 0) - 1n, id: 2n ** 63n - 1n };
    source = listenForEvents({ pool, log, onEvent: look });
    look();
  };

  return {
    subscribe: async (listener) => {
      starting ??= start();
      try {
        await starting;
      } catch (error) {
        starting = undefined;
        throw error;
      }
      const from = position ?? { xid: 0n, id: 0n };
      listeners.add(listener);
      return { from, end: () => listeners.delete(listener) };
    },
    read: (after, upTo) => readBetween(pool, after, upTo),
    reaches: (cursor) => reaches(pool, cursor),
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      await source?.stop();
    },
  };
}

async function readBetween(
  pool: Database["pool"],
  after: EventCursor,
  upTo: EventCursor,
): Promise<FeedEvent[]> {
  const { rows } = await pool.query<EventRow>({
    name: "events-between",
    text: `SELECT e.xid::text, e.id::text, e.project_id, p.slug, e.type, e.subject, e.data, e.at,
                  true AS settled
           FROM event e LEFT JOIN project p ON p.id = e.project_id
           WHERE (e.xid, e.id) > ($1::bigint, $2::bigint)
             AND (e.xid, e.id) <= ($3::bigint, $4::bigint)
           ORDER BY e.xid, e.id LIMIT ${pageSize}`,
    values: [`${after.xid}`, `${after.id}`, `${upTo.xid}`, `${upTo.id}`],
  });
  return rows.map(feedEvent);
}

async function reaches(pool: Database["pool"], cursor: EventCursor): Promise<boolean> {
  const { rows } = await pool.query<{ kept: boolean; known: boolean }>({
    name: "events-reach",
    text: `SELECT EXISTS (SELECT FROM event WHERE (xid, id) <= ($1::bigint, $2::bigint)) AS kept,
             $1::bigint < pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS known`,
    values: [`${cursor.xid}`, `${cursor.id}`],
  });
  return rows[0]?.kept === true && rows[0].known;
}

function feedEvent(row: EventRow): FeedEvent {
  const cursor = { xid: BigInt(row.xid), id: BigInt(row.id) };
  const slug = row.slug ?? row.data["slug"];
  return {
    cursor,
    projectId: row.project_id,
    event: {
      id: formatCursor(cursor),
      type: EventType.parse(row.type),
      // A project that is gone can still be named in its last event.
      project: typeof slug === "string" ? slug : null,
      subject: row.subject,
      data: row.data,
      at: row.at.toISOString(),
    },
  };
}
