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
  const tell = (event: FeedEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let starting: Promise<EventReader> | undefined;
  let source: Listener | undefined;
  const start = async (): Promise<EventReader> => {
    const reader = createReader({ pool, log, tell, from: await now(pool) });
    source = listenForEvents({ pool, log, onEvent: () => reader.look() });
    reader.look();
    return reader;
  };
  return {
    subscribe: async (listener) => {
      starting ??= start();
      try {
        const reader = await starting;
        listeners.add(listener);
        return { from: reader.position(), end: () => listeners.delete(listener) };
      } catch (error) {
        starting = undefined;
        throw error;
      }
    },
    read: (after, upTo) => readBetween(pool, after, upTo),
    reaches: (cursor) => reaches(pool, cursor),
    stop: async () => {
      const reader = await starting?.catch(() => undefined);
      reader?.stop();
      await source?.stop();
    },
  };
}

interface ReaderOptions extends FeedOptions {
  readonly tell: (event: FeedEvent) => void;
  readonly from: EventCursor;
}

interface EventReader {
  /** The last event that was told. */
  position(): EventCursor;
  /** Reads what is new; calls that come meanwhile make it read once more. */
  look(): void;
  stop(): void;
}

function createReader({ pool, log, tell, from }: ReaderOptions): EventReader {
  let position = from;
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let again = false;
  let stopped = false;

  const lookIn = (delayMs: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(look, delayMs).unref();
  };
  const readPage = async (): Promise<void> => {
    const { xid, id } = position;
    const { rows } = await pool.query<EventRow>({ ...readAfter, values: [`${xid}`, `${id}`] });
    const ready = rows.filter((row) => row.settled).map(feedEvent);
    for (const event of ready) tell(event);
    position = ready.at(-1)?.cursor ?? position;
    if (ready.length === pageSize) again = true;
    else if (ready.length < rows.length) lookIn(unsettledMs);
  };
  const readAll = async (): Promise<void> => {
    lookIn(pollMs);
    try {
      while (again && !stopped) {
        again = false;
        await readPage();
      }
    } catch (error) {
      if (!stopped) log.warn({ err: error }, "Events cannot be read for now; trying again");
    } finally {
      busy = false;
    }
  };
  const look = (): void => {
    again = true;
    if (busy || stopped) return;
    busy = true;
    void readAll();
  };
  return {
    position: () => position,
    look,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** A position before everything that is yet to be committed. */
async function now(pool: Database["pool"]): Promise<EventCursor> {
  const { rows } = await pool.query<{ xid: string }>(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid",
  );
  return { xid: BigInt(rows[0]?.xid ?? 0) - 1n, id: 2n ** 63n - 1n };
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
