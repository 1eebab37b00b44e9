import type { TableGroup } from "./table-model.ts";

/** One line of the table: a row, or the heading of a group. */
export type LineItem<Row> =
  | { kind: "row"; id: string; row: Row }
  | { kind: "group"; id: string; group: TableGroup<Row>; open: boolean };

/** Lines by position, without making an object for each of a hundred thousand rows. */
export interface Lines<Row> {
  count: number;
  at(position: number): LineItem<Row> | undefined;
}

export function plainLines<Row>(rows: readonly Row[], rowId: (row: Row) => string): Lines<Row> {
  return {
    count: rows.length,
    at(position) {
      const row = rows[position];
      return row === undefined ? undefined : { kind: "row", id: rowId(row), row };
    },
  };
}

/** The lines of groups; a closed one is its heading only. */
export function groupedLines<Row>(
  groups: readonly TableGroup<Row>[],
  rowId: (row: Row) => string,
  closed: ReadonlySet<string>,
): Lines<Row> {
  const items: LineItem<Row>[] = [];
  for (const group of groups) {
    const open = !closed.has(group.id);
    items.push({ kind: "group", id: `group:${group.id}`, group, open });
    if (open) for (const row of group.rows) items.push({ kind: "row", id: rowId(row), row });
  }
  return { count: items.length, at: (position) => items[position] };
}

/** The row at a position; undefined for a heading, or past the end. */
export function rowAt<Row>(lines: Lines<Row>, line: number): Row | undefined {
  const item = lines.at(line);
  return item?.kind === "row" ? item.row : undefined;
}
