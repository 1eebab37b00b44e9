/** Rows as they are shown, and how many changes of their order wait. */
export interface HeldRows<Row> {
  readonly rows: readonly Row[];
  readonly waiting: number;
}

/**
 * While someone points at the table, rows keep their places: what they say is renewed, what came to
 * the end is added, and what came between or went away waits.
 */
export function holdOrder<Row>(
  shown: readonly Row[],
  latest: readonly Row[],
  rowId: (row: Row) => string,
): HeldRows<Row> {
  const places = new Map(latest.map((row, at) => [rowId(row), at]));
  const known = new Set<string>();
  let last = -1;
  let gone = 0;
  const rows = shown.map((row) => {
    const id = rowId(row);
    known.add(id);
    const at = places.get(id);
    if (at === undefined) gone += 1;
    else last = Math.max(last, at);
    return at === undefined ? row : (latest[at] ?? row);
  });
  const added = latest.slice(last + 1);
  const between = latest.slice(0, last + 1).filter((row) => !known.has(rowId(row))).length;
  const moved = between + gone === 0 && !inOrder(rows, places, rowId) ? 1 : 0;
  const tail = last === -1 && shown.length > 0 ? [] : added;
  return {
    rows: [...rows, ...tail],
    waiting: between + gone + moved + (added.length - tail.length),
  };
}

function inOrder<Row>(
  rows: readonly Row[],
  places: ReadonlyMap<string, number>,
  rowId: (row: Row) => string,
): boolean {
  let before = -1;
  for (const row of rows) {
    const at = places.get(rowId(row)) ?? before;
    if (at < before) return false;
    before = at;
  }
  return true;
}
