import type { DataColumn } from "../../parts/data-table/table-model.ts";
import { valueText } from "../../parts/data-table/table-model.ts";

/** The columns in which all rows say the same; those that are always shown are not among them. */
export function constantColumns<Row>(
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
): string[] {
  const [first] = rows;
  if (first === undefined || rows.length < 2) return [];
  return columns
    .filter((column) => {
      if (column.fixed) return false;
      const text = valueText(column.value(first));
      return rows.every((row) => valueText(column.value(row)) === text);
    })
    .map((column) => column.id);
}
