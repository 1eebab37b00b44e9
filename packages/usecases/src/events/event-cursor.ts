import { PlatformError } from "@tessera/contracts/errors";

/** A position in the order of events: by transaction, then by number. */
export interface EventCursor {
  readonly xid: bigint;
  readonly id: bigint;
}

/** Negative when a is before b. */
export function compareCursors(a: EventCursor, b: EventCursor): number {
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** The form in which clients see it, as `Last-Event-ID`. */
export function formatCursor(cursor: EventCursor): string {
  return `${cursor.xid}.${cursor.id}`;
}

const largest = 2n ** 63n - 1n;

export function parseCursor(text: string): EventCursor {
  const match = /^(\d{1,19})\.(\d{1,19})$/.exec(text);
  const cursor = match && { xid: BigInt(match[1] ?? 0), id: BigInt(match[2] ?? 0) };
  if (!cursor || cursor.xid > largest || cursor.id > largest) {
    throw new PlatformError("invalid_argument", "Last-Event-ID is not one that was given out", {
      issues: [{ path: "Last-Event-ID", message: "send the id of an event, or leave it out" }],
    });
  }
  return cursor;
}
