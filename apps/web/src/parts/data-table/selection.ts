/** The selection with one row switched. */
export function toggleRow(selection: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

export interface RowRange {
  /** Where the range began. */
  anchor: number;
  to: number;
  /** The row's id at a position; undefined for a heading. */
  idAt(position: number): string | undefined;
}

/** The selection with every row of a range added, both ends included. */
export function selectRange(
  selection: ReadonlySet<string>,
  { anchor, to, idAt }: RowRange,
): Set<string> {
  const next = new Set(selection);
  for (let at = Math.min(anchor, to); at <= Math.max(anchor, to); at += 1) {
    const id = idAt(at);
    if (id !== undefined) next.add(id);
  }
  return next;
}
