const units = { d: 86_400, h: 3600, m: 60, s: 1 } as const;
const longest = 365 * units.d;

/** A time limit as people write it: "90s", "1h30m", "2d"; "" is none. */
export function writeTimeLimit(seconds: number | null): string {
  if (seconds === null) return "";
  let left = seconds;
  let text = "";
  for (const [unit, length] of Object.entries(units)) {
    const whole = Math.floor(left / length);
    if (whole > 0) text += `${whole}${unit}`;
    left -= whole * length;
  }
  return text;
}

/** Seconds from what was written, null for none, or what is wrong with it. */
export function readTimeLimit(text: string): { seconds: number | null } | { error: string } {
  const plain = text.toLowerCase().replaceAll(/\s+/g, "");
  if (plain === "") return { seconds: null };
  const parts = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(plain);
  if (!parts) return { error: "Write it as 90s, 15m, 2h or 1h30m" };
  const [, d = "0", h = "0", m = "0", s = "0"] = parts;
  const seconds =
    Number(d) * units.d + Number(h) * units.h + Number(m) * units.m + Number(s) * units.s;
  if (seconds < 1) return { error: "A limit is a second at least; leave it empty for none" };
  return seconds > longest ? { error: "A limit is a year at most" } : { seconds };
}
