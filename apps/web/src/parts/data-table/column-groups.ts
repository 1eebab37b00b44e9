import type { DataColumn } from "./table-model.ts";

/** One line of the column chooser. */
export type ChooserLine<Row> =
  | { kind: "heading"; id: string; label: string; columns: readonly DataColumn<Row>[] }
  | { kind: "column"; id: string; column: DataColumn<Row> };

/** The columns that fit a query, under their groups, in the order in which the groups first come. */
export function chooserLines<Row>(
  columns: readonly DataColumn<Row>[],
  query: string,
): ChooserLine<Row>[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, DataColumn<Row>[]>();
  for (const column of columns) {
    const text = `${column.group ?? ""} ${column.label}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(column.group ?? "");
    if (group) group.push(column);
    else groups.set(column.group ?? "", [column]);
  }
  return [...groups].flatMap(([label, members]) => [
    ...(label === ""
      ? []
      : [{ kind: "heading" as const, id: `group:${label}`, label, columns: members }]),
    ...members.map((column) => ({ kind: "column" as const, id: column.id, column })),
  ]);
}
