"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { cn } from "../class-names.ts";
import { Skeleton, SkeletonRows } from "../skeleton.tsx";
import { useStable } from "../use-stable.ts";
import { RowMenu } from "./row-menu.tsx";
import { TableBody } from "./table-body.tsx";
import { TableHeaderRow } from "./table-header.tsx";
import { headerHeight } from "./table-model.ts";
import type { DataTableProps } from "./table-props.ts";
import { useDataTable } from "./use-data-table.ts";

/**
 * A table for a hundred thousand rows and thousands of columns: both ways only what is on the
 * screen exists. It fills its box and scrolls inside it.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, view, onViewChange, selection, rows } = props;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const table = useDataTable(props, scroller);
  const { lines, frame, layout, keys, idPrefix } = table;
  const { cursor } = keys;
  const toggleAll = useStable(() => props.onSelectionChange?.(toggledAll(props)));
  return (
    <div className={cn("relative h-full min-h-0 w-full", props.className)}>
      <div
        ref={setScroller}
        role="grid"
        // Only lines of a tree can be open or closed.
        {...(props.groups ? { role: "treegrid" } : {})}
        aria-label={label}
        aria-rowcount={lines.count + 1}
        aria-colcount={table.columnCount}
        aria-multiselectable={table.selectable || undefined}
        aria-activedescendant={cursor ? `${idPrefix}-${cursor.line}-${cursor.column}` : undefined}
        tabIndex={0}
        onKeyDown={keys.onKeyDown}
        onCopy={table.onCopy}
        onClick={table.onClick}
        onMouseDown={table.onMouseDown}
        onDoubleClick={table.onDoubleClick}
        onPointerOver={table.onPointerOver}
        onPointerLeave={table.onPointerLeave}
        className={cn(
          "group/grid focus-inset relative size-full overflow-auto overscroll-none bg-surface contain-strict",
          layout.resizing && "cursor-col-resize select-none",
        )}
      >
        <TableHeaderRow
          columns={frame.columns}
          center={layout.center}
          view={view}
          onViewChange={onViewChange}
          activeColumn={cursor?.line === -1 ? cursor.column : undefined}
          idPrefix={idPrefix}
          allSelected={selectedShare(rows.length, selection)}
          onToggleAll={toggleAll}
          onFit={table.fit}
        />
        <RowMenu rowMenu={props.rowMenu} lines={lines}>
          <TableBody {...{ lines, frame, keys, selection, idPrefix }} />
        </RowMenu>
        {props.loadingMore && lines.count > 0 ? <LoadingTail /> : null}
      </div>
      {lines.count === 0 ? <WithoutRows loading={props.loadingMore} empty={props.empty} /> : null}
    </div>
  );
}

function LoadingTail() {
  return (
    <div
      role="presentation"
      aria-hidden
      className="sticky left-0 flex h-8 w-full items-center px-3"
    >
      <Skeleton className="h-3 w-1/3" />
    </div>
  );
}

interface WithoutRowsProps {
  loading: boolean | undefined;
  empty: ReactNode;
}

/** Outside the grid: what is not a row may not stand inside it. */
function WithoutRows({ loading, empty }: WithoutRowsProps) {
  return (
    <div style={{ top: headerHeight }} className="absolute inset-x-0 bottom-0 overflow-y-auto">
      {loading ? <SkeletonRows rows={14} /> : empty}
    </div>
  );
}

function selectedShare(
  rowCount: number,
  selection: ReadonlySet<string> | undefined,
): boolean | "indeterminate" {
  if (!selection || selection.size === 0) return false;
  return selection.size >= rowCount ? true : "indeterminate";
}

function toggledAll<Row>({ rows, rowId, selection }: DataTableProps<Row>): ReadonlySet<string> {
  return selection && selection.size >= rows.length ? new Set() : new Set(rows.map(rowId));
}
