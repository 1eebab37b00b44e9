"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { memo } from "react";
import type { MouseEvent, ReactNode } from "react";
import { Checkbox } from "../checkbox.tsx";
import { cn } from "../class-names.ts";
import { formatCount } from "../format/number.ts";
import type { LineItem } from "./line-items.ts";
import { rowHeight, valueShown, valueText } from "./table-model.ts";
import type { DataColumn } from "./table-model.ts";
import type { PlacedColumn } from "./use-column-layout.ts";

export const checkboxWidth = 36;

/** The columns that are drawn now; one object for all rows, changed only when they change. */
export interface DrawnColumns<Row> {
  pinned: readonly PlacedColumn<Row>[];
  center: readonly PlacedColumn<Row>[];
  /** Width of the columns left of the first drawn one. */
  gap: number;
  /** Position of the first drawn centre column among all. */
  offset: number;
  totalWidth: number;
  selectable: boolean;
}

export interface TableRowProps<Row> {
  item: LineItem<Row>;
  /** Position among the lines. */
  line: number;
  top: number;
  columns: DrawnColumns<Row>;
  selected: boolean;
  /** The column of the cursor, when it is in this line. */
  activeColumn: number | undefined;
  /** Prefix of the cells' ids. */
  idPrefix: string;
  onToggle(line: number, shift: boolean): void;
}

function TableRowView<Row>(props: TableRowProps<Row>) {
  const { item, line, top, columns, selected, activeColumn } = props;
  return (
    <div
      role="row"
      data-line={line}
      aria-rowindex={line + 2}
      aria-selected={columns.selectable && item.kind === "row" ? selected : undefined}
      style={{ transform: `translateY(${top}px)`, height: rowHeight, width: columns.totalWidth }}
      className={cn(
        "group/row absolute top-0 left-0 flex min-w-full border-b border-line/60 text-sm",
        rowSurface(item.kind === "group", selected, activeColumn !== undefined),
      )}
    >
      {item.kind === "row" ? (
        <RowCells {...props} row={item.row} />
      ) : (
        <GroupCells {...props} group={item} />
      )}
    </div>
  );
}

/** Pinned cells cover what scrolls below them, so rows have a solid ground in every condition. */
function rowSurface(group: boolean, selected: boolean, active: boolean): string {
  if (group) return "bg-sunken font-medium";
  if (selected) return "bg-selected";
  return active ? "bg-hover" : "bg-surface hover:bg-hover";
}

/** Memoised: of a table that scrolls, only the lines that come in are drawn. */
export const TableRow = memo(TableRowView) as typeof TableRowView;

function RowCells<Row>(props: TableRowProps<Row> & { row: Row }) {
  const { columns, row, line, selected, onToggle } = props;
  return (
    <>
      <div role="presentation" className="sticky left-0 z-1 flex bg-inherit">
        {columns.selectable ? (
          <div
            role="gridcell"
            aria-colindex={1}
            style={{ width: checkboxWidth }}
            className="flex items-center justify-center"
          >
            <Checkbox
              tabIndex={-1}
              checked={selected}
              aria-label="Select this row"
              onClick={(event: MouseEvent) => {
                event.stopPropagation();
                onToggle(line, event.shiftKey);
              }}
            />
          </div>
        ) : null}
        {columns.pinned.map((placed, at) => (
          <CellView key={placed.id} {...props} placed={placed} at={at} row={row} />
        ))}
        <PinEdge shown={columns.pinned.length > 0 || columns.selectable} />
      </div>
      <div role="presentation" style={{ width: columns.gap }} className="shrink-0" />
      {columns.center.map((placed, at) => (
        <CellView
          key={placed.id}
          {...props}
          placed={placed}
          at={columns.pinned.length + columns.offset + at}
          row={row}
        />
      ))}
    </>
  );
}

/** The line after the pinned columns, outside their widths. */
export function PinEdge({ shown }: { shown: boolean }) {
  if (!shown) return null;
  return (
    <div
      role="presentation"
      className="pointer-events-none absolute inset-y-0 -right-px w-px bg-line"
    />
  );
}

interface CellViewProps<Row> extends TableRowProps<Row> {
  placed: PlacedColumn<Row>;
  row: Row;
  /** Position among all shown columns. */
  at: number;
}

function CellView<Row>({
  placed,
  row,
  at,
  activeColumn,
  columns,
  idPrefix,
  line,
}: CellViewProps<Row>) {
  const { column } = placed;
  return (
    <div
      role="gridcell"
      id={`${idPrefix}-${line}-${at}`}
      data-column={at}
      aria-colindex={at + (columns.selectable ? 2 : 1)}
      style={{ width: placed.width }}
      className={cn(
        "flex shrink-0 items-center overflow-hidden px-2.5",
        column.numeric && "tabular justify-end",
        activeColumn === at &&
          "outline-2 -outline-offset-2 outline-transparent group-focus/grid:outline-focus",
      )}
    >
      {column.cell ? column.cell(row) : <PlainValue column={column} row={row} />}
    </div>
  );
}

function PlainValue<Row>({ column, row }: { column: DataColumn<Row>; row: Row }): ReactNode {
  const value = column.value(row);
  if (value === null || value === undefined || value === "") return null;
  return (
    <span title={valueText(value)} className="truncate">
      {valueShown(value)}
    </span>
  );
}

function GroupCells<Row>(
  props: TableRowProps<Row> & { group: Extract<LineItem<Row>, { kind: "group" }> },
) {
  const { group, columns } = props;
  const Arrow = group.open ? ChevronDown : ChevronRight;
  const { summary, label, rows } = group.group;
  return (
    <>
      <div
        role="gridcell"
        className="sticky left-0 z-1 flex max-w-full min-w-0 items-center gap-2 bg-inherit px-2.5"
      >
        <Arrow className="size-4 shrink-0 text-ink-3" aria-hidden />
        <span className="min-w-0 truncate">{label}</span>
        <span className="tabular shrink-0 font-normal text-ink-3">{formatCount(rows.length)}</span>
      </div>
      {summary
        ? columns.center.map((placed, at) => (
            <div
              key={placed.id}
              role="gridcell"
              style={{ left: columns.gap + summaryStart(columns, at), width: placed.width }}
              className={cn(
                "absolute inset-y-0 flex items-center overflow-hidden px-2.5 font-normal text-ink-2",
                placed.column.numeric && "tabular justify-end",
              )}
            >
              {summary(placed.id)}
            </div>
          ))
        : null}
    </>
  );
}

function summaryStart<Row>(columns: DrawnColumns<Row>, at: number): number {
  const pinned = columns.pinned.reduce((sum, placed) => sum + placed.width, 0);
  const before = columns.center.slice(0, at).reduce((sum, placed) => sum + placed.width, 0);
  return pinned + before + (columns.selectable ? checkboxWidth : 0);
}
