"use client";

import { memo } from "react";
import { Checkbox } from "../checkbox.tsx";
import { HeaderCell } from "./header-cell.tsx";
import { headerHeight } from "./table-model.ts";
import type { TableView } from "./table-model.ts";
import { checkboxWidth, PinEdge } from "./table-row.tsx";
import type { DrawnColumns } from "./table-row.tsx";
import type { PlacedColumn } from "./use-column-layout.ts";

export interface TableHeaderRowProps<Row> {
  columns: DrawnColumns<Row>;
  /** Every centre column, drawn or not: a drop needs its neighbour. */
  center: readonly PlacedColumn<Row>[];
  view: TableView;
  onViewChange(view: TableView): void;
  /** The column of the cursor, when it is in the headings. */
  activeColumn: number | undefined;
  idPrefix: string;
  allSelected: boolean | "indeterminate";
  onToggleAll(): void;
  onFit(placed: PlacedColumn<Row>): void;
}

/** The headings: sticky at the top, the pinned ones at the left too. */
export const TableHeaderRow = memo(HeaderRowView) as typeof HeaderRowView;

function HeaderRowView<Row>(props: TableHeaderRowProps<Row>) {
  const { columns, center } = props;
  const pinnedCount = columns.pinned.length;
  return (
    <div
      role="rowgroup"
      style={{ width: columns.totalWidth }}
      className="sticky top-0 z-10 min-w-full"
    >
      <div
        role="row"
        aria-rowindex={1}
        style={{ height: headerHeight }}
        className="flex border-b border-line bg-sunken"
      >
        <div role="presentation" className="sticky left-0 z-2 flex bg-sunken">
          {columns.selectable ? <SelectAll {...props} /> : null}
          {columns.pinned.map((placed, at) => (
            <Head
              key={placed.id}
              {...props}
              placed={placed}
              at={at}
              nextId={(columns.pinned[at + 1] ?? center[0])?.id}
            />
          ))}
          <PinEdge shown={pinnedCount > 0 || columns.selectable} />
        </div>
        <div role="presentation" style={{ width: columns.gap }} className="shrink-0" />
        {columns.center.map((placed, at) => (
          <Head
            key={placed.id}
            {...props}
            placed={placed}
            at={pinnedCount + columns.offset + at}
            nextId={center[columns.offset + at + 1]?.id}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadProps<Row> extends TableHeaderRowProps<Row> {
  placed: PlacedColumn<Row>;
  at: number;
  nextId: string | undefined;
}

function Head<Row>({
  placed,
  at,
  nextId,
  columns,
  view,
  onViewChange,
  activeColumn,
  idPrefix,
  onFit,
}: HeadProps<Row>) {
  return (
    <HeaderCell
      placed={placed}
      nextId={nextId}
      columnIndex={at + (columns.selectable ? 2 : 1)}
      view={view}
      onViewChange={onViewChange}
      active={activeColumn === at}
      cellId={`${idPrefix}--1-${at}`}
      onFit={() => onFit(placed)}
    />
  );
}

function SelectAll<Row>({ allSelected, onToggleAll }: TableHeaderRowProps<Row>) {
  return (
    <div
      role="columnheader"
      aria-colindex={1}
      style={{ width: checkboxWidth }}
      className="flex items-center justify-center"
    >
      <Checkbox
        tabIndex={-1}
        checked={allSelected}
        aria-label="Select all loaded rows"
        onClick={onToggleAll}
      />
    </div>
  );
}
