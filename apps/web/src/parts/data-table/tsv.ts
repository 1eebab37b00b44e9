import { cellText } from "./table-model.ts";
import type { DataColumn } from "./table-model.ts";

/** Rows as a spreadsheet takes them from the clipboard, with a line of headings. */
export function toTsv<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): string {
  const lines = [columns.map((column) => tsvField(column.label)).join("\t")];
  for (const row of rows)
    lines.push(columns.map((column) => tsvField(cellText(column, row))).join("\t"));
  return lines.join("\n");
}

function tsvField(text: string): string {
  // Spreadsheets read a quoted field the way CSV has it; a bare tab would split the cell.
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV (RFC 4180), with a line of headings. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): string {
  const lines = [columns.map((column) => csvField(column.label)).join(",")];
  for (const row of rows)
    lines.push(columns.map((column) => csvField(cellText(column, row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** One field of CSV, quoted where it must be. */
export function csvField(text: string): string {
  return /[,\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
