import type { DataColumn, SortKey } from "./table-model.ts";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * Sorts rows that are all in the browser. Empty values and NaN come last in both directions;
 * text that holds numbers sorts by them; rows that tie keep their order.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  sort: readonly SortKey[],
): readonly Row[] {
  const keys = sort.flatMap((key) => {
    const column = columns.find((candidate) => candidate.id === key.id);
    return column ? [{ value: column.value, sign: key.descending ? -1 : 1 }] : [];
  });
  if (keys.length === 0) return rows;
  return rows.toSorted((a, b) => {
    for (const { value, sign } of keys) {
      const order = compareValues(value(a), value(b), sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Orders two raw values; `sign` is 1 for ascending and -1 for descending. */
export function compareValues(a: unknown, b: unknown, sign: number): number {
  const emptyA = isEmpty(a);
  const emptyB = isEmpty(b);
  if (emptyA || emptyB) return Number(emptyA) - Number(emptyB);
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== undefined && y !== undefined) return sign * (x < y ? -1 : x > y ? 1 : 0);
  if (x !== undefined || y !== undefined) return sign * (x === undefined ? 1 : -1);
  return sign * collator.compare(String(a), String(b));
}

/** Params are text: "0.01" and "1e-3" are compared as the numbers that they are. */
function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || Number.isNaN(value);
}
