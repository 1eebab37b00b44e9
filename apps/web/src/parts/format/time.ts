import { format, isSameYear } from "date-fns";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, or until: "just now", "12 s ago", "in 3 min", "5 d ago"; a date past a month. */
export function formatRelative(time: number, now: number): string {
  const distance = now - time;
  const size = Math.abs(distance);
  if (size >= 30 * day) return format(time, isSameYear(time, now) ? "d MMM" : "d MMM yyyy");
  if (size < 5 * second) return "just now";
  const span = relativeSpan(size);
  return distance >= 0 ? `${span} ago` : `in ${span}`;
}

function relativeSpan(size: number): string {
  if (size < minute) return `${Math.floor(size / second)} s`;
  if (size < hour) return `${Math.floor(size / minute)} min`;
  if (size < day) return `${Math.floor(size / hour)} h`;
  return `${Math.floor(size / day)} d`;
}

/** To the second, with the zone's offset from UTC, in the reader's zone. */
export function formatExact(time: number): string {
  return format(time, "d MMM yyyy, HH:mm:ss (OOO)");
}

/** A short time of day for log lines and axes. */
export function formatTimeOfDay(time: number): string {
  return format(time, "HH:mm:ss");
}
