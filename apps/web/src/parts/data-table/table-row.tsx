"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { memo } from "react";
import { cn } from "../class-names.ts";
import { formatCount } from "../format/number.ts";
import { rowHeight, valueShown, valueText } from "./table-model.ts";
import type { TableGroup } from "./table-model.ts";
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

interface LineProps<Row> {
  /** Position among the lines. */
  line: number;
  top: number;
  columns: DrawnColumns<Row>;
  /** The column of the cursor, when it is in this line. */
  activeColumn: number | undefined;
}

export interface TableRowProps<Row> extends LineProps<Row> {
  row: Row;
  selected: boolean;
  /** Prefix of the cells' ids. */
  idPrefix: string;
}

const lineClasses =
  "absolute top-0 left-0 flex min-w-full border-b border-line/60 text-sm contain-layout";

function TableRowView<Row>(props: TableRowProps<Row>) {
  const { line, top, columns, selected, activeColumn } = props;
  const { pinned, center, selectable, offset } = columns;
  return (
    <div
      role="row"
      data-line={line}
      aria-rowindex={line + 2}
      aria-selected={selectable ? selected : undefined}
      style={{ transform: `translateY(${top}px)`, height: rowHeight, width: columns.totalWidth }}
      className={`${lineClasses} ${rowSurface(selected, activeColumn !== undefined)}`}
    >
      <div role="presentation" className="sticky left-0 z-1 flex bg-inherit">
        {selectable ? <RowCheckbox selected={selected} /> : null}
        {pinned.map((placed, at) => (
          <Cell key={placed.id} {...props} placed={placed} at={at} />
        ))}
        <PinEdge shown={pinned.length > 0 || selectable} />
      </div>
      <div role="presentation" style={{ width: columns.gap }} className="shrink-0" />
      {center.map((placed, at) => (
        <Cell key={placed.id} {...props} placed={placed} at={pinned.length + offset + at} />
      ))}
    </div>
  );
}

/** Memoised: of a table that scrolls, only the lines that come in are drawn. */
export const TableRow = memo(TableRowView) as typeof TableRowView;

/** Pinned cells cover what scrolls below them, so rows have a solid ground in every condition. */
function rowSurface(selected: boolean, active: boolean): string {
  if (selected) return "bg-selected";
  return active ? "bg-hover" : "bg-surface hover:bg-hover";
}

/** Plain, because there is one in every row; presses are heard by the table. */
function RowCheckbox({ selected }: { selected: boolean }) {
  return (
    <div
      role="gridcell"
      aria-colindex={1}
      style={{ width: checkboxWidth }}
      className="flex items-center justify-center"
    >
      <input
        type="checkbox"
        data-select-row
        tabIndex={-1}
        readOnly
        checked={selected}
        aria-label="Select this row"
        className="check-box"
      />
    </div>
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

interface CellProps<Row> extends TableRowProps<Row> {
  placed: PlacedColumn<Row>;
  /** Position among all shown columns. */
  at: number;
}

// Joined by hand: this runs for every cell that scrolls in. Each string is whole, because the style
// sheet is made from the words that stand in the sources.
const customClasses = "flex shrink-0 items-center overflow-hidden px-2.5";
const plainClasses = "shrink-0 truncate px-2.5 leading-8";
const activeClasses =
  "outline-2 -outline-offset-2 outline-transparent group-focus/grid:outline-focus";

function Cell<Row>({ placed, row, at, activeColumn, columns, idPrefix, line }: CellProps<Row>) {
  const { column } = placed;
  const isActive = activeColumn === at;
  const common = {
    role: "gridcell",
    // Only the cell of the cursor is ever pointed to.
    id: isActive ? `${idPrefix}-${line}-${at}` : undefined,
    "aria-colindex": at + (columns.selectable ? 2 : 1),
    style: { width: placed.width },
  };
  const active = isActive ? activeClasses : "";
  if (column.cell) {
    const side = column.numeric ? "tabular justify-end" : "";
    return (
      <div {...common} className={`${customClasses} ${side} ${active}`}>
        {column.cell(row)}
      </div>
    );
  }
  const value = column.value(row);
  const side = column.numeric ? "tabular text-right" : "";
  return (
    <div
      {...common}
      title={valueText(value) || undefined}
      className={`${plainClasses} ${side} ${active}`}
    >
      {valueShown(value)}
    </div>
  );
}

export interface GroupRowProps<Row> extends LineProps<Row> {
  group: TableGroup<Row>;
  open: boolean;
}

/** The heading of a group: it folds, counts, and sums up. */
export function GroupRow<Row>({ group, open, line, top, columns }: GroupRowProps<Row>) {
  const Arrow = open ? ChevronDown : ChevronRight;
  const { summary, label, rows, note } = group;
  return (
    <div
      role="row"
      data-line={line}
      aria-rowindex={line + 2}
      aria-expanded={open}
      style={{ transform: `translateY(${top}px)`, height: rowHeight, width: columns.totalWidth }}
      className={`${lineClasses} cursor-pointer bg-sunken font-medium hover:bg-hover`}
    >
      <div
        role="gridcell"
        className="sticky left-0 z-1 flex max-w-full min-w-0 items-center gap-2 bg-inherit px-2.5"
      >
        <Arrow className="size-4 shrink-0 text-ink-3" aria-hidden />
        <span className="min-w-0 truncate">{label}</span>
        <span className="tabular shrink-0 font-normal text-ink-3">
          {note ?? formatCount(rows.length)}
        </span>
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
    </div>
  );
}

function summaryStart<Row>(columns: DrawnColumns<Row>, at: number): number {
  const pinned = columns.pinned.reduce((sum, placed) => sum + placed.width, 0);
  const before = columns.center.slice(0, at).reduce((sum, placed) => sum + placed.width, 0);
  return pinned + before + (columns.selectable ? checkboxWidth : 0);
}
