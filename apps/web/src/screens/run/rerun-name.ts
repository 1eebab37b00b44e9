const longest = 200;

/** A name for the next try of a run: "eta" → "eta (2)" → "eta (3)". */
export function rerunName(name: string): string {
  const [, base = name, number] = /^(.*) \((\d+)\)$/.exec(name) ?? [];
  const suffix = ` (${number === undefined ? 2 : Number(number) + 1})`;
  return `${base.slice(0, longest - suffix.length).trimEnd()}${suffix}`;
}
