"use client";

import { useMemo, useState } from "react";
import { cn } from "../class-names.ts";
import { DataTable } from "../data-table/data-table.tsx";
import { sortRows } from "../data-table/sort-rows.ts";
import type { DataColumn, TableView } from "../data-table/table-model.ts";
import { EmptyState } from "../empty-state.tsx";
import { countOf } from "../format/number.ts";
import { readCsv } from "./read-csv.ts";
import type { CsvRow, CsvTable } from "./read-csv.ts";

export interface CsvViewProps {
  text: string;
  /** Names the table: the file's path. */
  label: string;
  className?: string | undefined;
}

/**
 * CSV as a table that sorts and copies. It fills its box. Import it lazily: it brings a
 * parser. Give it the file as its `key`: the columns that are shown belong to one file.
 */
export function CsvView({ text, label, className }: CsvViewProps) {
  const table = useMemo(() => readCsv(text), [text]);
  const columns = useMemo(() => csvColumns(table), [table]);
  const [view, setView] = useState<TableView>(() => ({
    columns: columns.map((column) => column.id),
    pinned: [],
    widths: {},
    sort: [],
  }));
  const rows = useMemo(() => sortRows(table.rows, columns, view.sort), [table, columns, view.sort]);
  return (
    <div className={cn("flex h-full min-h-0 flex-col", className)}>
      <div className="min-h-0 flex-1">
        <DataTable
          label={label}
          columns={columns}
          rows={rows}
          rowId={rowId}
          view={view}
          onViewChange={setView}
          empty={<EmptyState title="This file has no rows" />}
        />
      </div>
      <p className="tabular flex flex-wrap gap-x-4 border-t border-line px-3 py-1.5 text-xs text-ink-3">
        <span>
          {table.cut ? "The first " : ""}
          {countOf(table.rows.length, "row")}, {countOf(columns.length, "column")}
        </span>
        {table.faults.map((fault) => (
          <span key={fault} className="text-warn">
            {fault}
          </span>
        ))}
      </p>
    </div>
  );
}

function rowId(row: CsvRow): string {
  return String(row.at);
}

function csvColumns({ headings, numeric }: CsvTable): DataColumn<CsvRow>[] {
  return headings.map((label, at) => ({
    id: String(at),
    label,
    numeric: numeric[at],
    value: (row) => (numeric[at] ? numberOrEmpty(row.cells[at]) : row.cells[at]),
    text: (row) => row.cells[at] ?? "",
  }));
}

function numberOrEmpty(cell: string | undefined): number | undefined {
  return cell?.trim() ? Number(cell) : undefined;
}
