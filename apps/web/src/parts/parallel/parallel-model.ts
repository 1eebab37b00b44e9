/** How an axis places its values. */
export type AxisKind = "number" | "log" | "category";

export interface ParallelAxis {
  id: string;
  label: string;
  kind: AxisKind;
}

/** What a run has on an axis; null where it has nothing. */
export type ParallelValue = number | string | boolean | null | undefined;

export interface ParallelRow {
  /** The run's id. */
  id: string;
  name: string;
  /** Its own colour, as plain hex; used where no axis gives the colours. */
  color: string;
  values: Readonly<Record<string, ParallelValue>>;
}

/** The chosen part of an axis: bounds of a number, or the chosen categories. */
export type Brush = { from: number; to: number } | { among: readonly string[] };
export type Brushes = Readonly<Record<string, Brush>>;

/**
 * The kind that fits the values: numbers that span two orders of magnitude and more are placed by
 * their logarithm, and anything that is not a number makes categories.
 */
export function guessAxisKind(values: Iterable<ParallelValue>): AxisKind {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const number = numberOf(value);
    if (number === undefined) return "category";
    if (!Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return low > 0 && high / low >= 100 ? "log" : "number";
}

/** A value as a number: params arrive as text. Undefined for what is no number. */
export function numberOf(value: ParallelValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value.toLowerCase() !== "nan" ? undefined : number;
}

/** Whether a row lies within every brush; a row without a value on a brushed axis does not. */
export function withinBrushes(row: ParallelRow, brushes: Brushes): boolean {
  return Object.entries(brushes).every(([axis, brush]) => withinBrush(row.values[axis], brush));
}

function withinBrush(value: ParallelValue, brush: Brush): boolean {
  if (value === null || value === undefined) return false;
  if ("among" in brush) return brush.among.includes(String(value));
  const number = numberOf(value);
  return number !== undefined && number >= brush.from && number <= brush.to;
}

/** The axes with one of them moved to a place among the others. */
export function moveAxis(order: readonly string[], id: string, to: number): string[] {
  const others = order.filter((other) => other !== id);
  others.splice(Math.max(0, Math.min(to, others.length)), 0, id);
  return others;
}
