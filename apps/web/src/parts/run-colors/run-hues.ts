/**
 * Twelve hues, chosen so that any two stay apart under normal sight, protanopia, deuteranopia and
 * tritanopia, and each keeps a contrast of 3 on its background. Values live in the style sheet,
 * one set a theme, as --run-1 … --run-12.
 */
export const runHues = [
  "Indigo",
  "Orange",
  "Pine",
  "Purple",
  "Azure",
  "Gold",
  "Violet",
  "Crimson",
  "Leaf",
  "Cyan",
  "Rust",
  "Magenta",
] as const;

/** A position in `runHues`, from 0. */
export type RunHue = number;

/**
 * Hues for those runs that share one with a run before them, so that all differ; nothing where
 * there are more runs than hues, or none that share.
 */
export function distinctHues(
  runIds: readonly string[],
  hueOf: (runId: string) => RunHue,
): Record<string, RunHue> {
  if (runIds.length > runHues.length) return {};
  const taken = new Set<RunHue>();
  const again = runIds.filter((id) => {
    const first = !taken.has(hueOf(id));
    taken.add(hueOf(id));
    return !first;
  });
  const free = runHues.map((_, hue) => hue).filter((hue) => !taken.has(hue));
  return Object.fromEntries(again.map((id, at) => [id, free[at] ?? hueOf(id)]));
}

/** The style-sheet variable of a hue. */
export function hueVariable(hue: RunHue): string {
  return `--run-${(hue % runHues.length) + 1}`;
}

/** The CSS colour of a hue; follows the theme by itself. */
export function hueColor(hue: RunHue): string {
  return `var(${hueVariable(hue)})`;
}

export function isRunHue(value: unknown): value is RunHue {
  return (
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value < runHues.length
  );
}
