const day = 24 * 3600;

/** A session lasts this long after its last use, in seconds. */
export const sessionSeconds = 30 * day;

/** Use moves a session's end at most this often, in seconds. */
export const sessionRefreshSeconds = day;

/** When a session that is used now ends. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + sessionSeconds * 1000);
}
