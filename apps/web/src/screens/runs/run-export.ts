import { type Run, searchRuns } from "@tessera/contracts/run";
import { client } from "../../data/client.ts";
import type { DataColumn } from "../../parts/data-table/table-model.ts";
import { cellText } from "../../parts/data-table/table-model.ts";
import { csvField } from "../../parts/data-table/tsv.ts";
import type { RunSearch } from "./use-run-pages.ts";

const pageSize = 2000;

/** Every run that a search finds, page by page. */
export async function* everyRun(
  project: string,
  search: RunSearch,
  signal: AbortSignal,
): AsyncGenerator<{ runs: readonly Run[]; matched: number }> {
  let pageToken: string | undefined;
  do {
    const body = { ...search, limit: pageSize, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = await client.call(searchRuns, { params: { project }, body, signal });
    yield { runs: page.items, matched: page.matched };
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

/** The line of headings: labels, with their group where two columns are called the same. */
export function csvHeadings<Row>(columns: readonly DataColumn<Row>[]): string {
  const counts = new Map<string, number>();
  for (const { label } of columns) counts.set(label, (counts.get(label) ?? 0) + 1);
  const heading = ({ label, group }: DataColumn<Row>) =>
    group !== undefined && (counts.get(label) ?? 0) > 1 ? `${group}: ${label}` : label;
  return `${columns.map((column) => csvField(heading(column))).join(",")}\r\n`;
}

/** Rows of CSV (RFC 4180), every digit kept. */
export function csvRows<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): string {
  return rows
    .map((row) => `${columns.map((column) => csvField(cellText(column, row))).join(",")}\r\n`)
    .join("");
}
