const FIRST = Date.parse("0000-01-01T00:00:00.000Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * A time that a client told, as ISO 8601. Clients may tell any number, microseconds by mistake,
 * say: what no year of four digits holds becomes the nearest that one does.
 */
export function isoTime(ms: number): string {
  return new Date(Math.min(Math.max(ms, FIRST), LAST)).toISOString();
}
