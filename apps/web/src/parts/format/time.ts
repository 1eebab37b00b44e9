const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Made once: a formatter costs far more to make than to use. All of them speak the reader's zone.
const thisYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const anyYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const toTheMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const toTheSecond = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "shortOffset" });

/** How long ago, or until: "just now", "12 s ago", "in 3 min", "5 d ago"; a date past a month. */
export function formatRelative(time: number, now: number): string {
  const distance = now - time;
  const size = Math.abs(distance);
  if (size >= 30 * day) return formatDate(time, now);
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

/** "3 Mar", with the year where it is not the reader's: "3 Mar 2024". */
export function formatDate(time: number, now: number): string {
  const same = new Date(time).getFullYear() === new Date(now).getFullYear();
  return (same ? thisYear : anyYear).format(time);
}

/** To the second, with the zone's offset from UTC. */
export function formatExact(time: number): string {
  const offset = zone.formatToParts(time).find((part) => part.type === "timeZoneName")?.value;
  return `${anyYear.format(time)}, ${toTheSecond.format(time)} (${offset ?? "UTC"})`;
}

/** "14:03:22", for log lines and axes. */
export function formatTimeOfDay(time: number): string {
  return toTheSecond.format(time);
}

/** "14:03", for axes. */
export function formatHourMinute(time: number): string {
  return toTheMinute.format(time);
}
