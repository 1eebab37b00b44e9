import type { ClipboardEvent } from "react";
import { rowAt } from "./line-items.ts";
import type { Lines } from "./line-items.ts";
import type { TableCursor } from "./table-cursor.ts";
import { cellText } from "./table-model.ts";
import type { DataColumn } from "./table-model.ts";
import { toTsv } from "./tsv.ts";

export interface CopySource<Row> {
  rows: readonly Row[];
  rowId(row: Row): string;
  lines: Lines<Row>;
  columns: readonly DataColumn<Row>[];
  selection: ReadonlySet<string> | undefined;
  cursor: TableCursor | undefined;
}

/** The selected rows as TSV; without any, the cell of the cursor. Selected text is left alone. */
export function copyRows<Row>(event: ClipboardEvent, source: CopySource<Row>) {
  if (getSelection()?.isCollapsed === false) return;
  const text = copiedText(source);
  if (text === undefined) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}

function copiedText<Row>({ rows, rowId, lines, columns, selection, cursor }: CopySource<Row>) {
  if (selection && selection.size > 0) {
    return toTsv(
      rows.filter((row) => selection.has(rowId(row))),
      columns,
    );
  }
  const column = cursor && columns[cursor.column];
  if (!column) return undefined;
  const row = rowAt(lines, cursor.line);
  return row === undefined ? column.label : cellText(column, row);
}
