"use client";

import { ArrowDown, ArrowUp, EllipsisVertical } from "lucide-react";
import { useState } from "react";
import type { DragEvent, MouseEvent } from "react";
import { cn } from "../class-names.ts";
import { DropdownMenu } from "../menu.tsx";
import { MiddleTruncate } from "../middle-truncate.tsx";
import { headerMenuItems } from "./header-menu.tsx";
import { headerHeight, moveColumn, nextSort } from "./table-model.ts";
import type { TableView } from "./table-model.ts";
import type { PlacedColumn } from "./use-column-layout.ts";

export interface HeaderCellProps<Row> {
  placed: PlacedColumn<Row>;
  /** The column after it, which a drop on its right half goes before. */
  nextId: string | undefined;
  columnIndex: number;
  view: TableView;
  onViewChange(view: TableView): void;
  active: boolean;
  cellId: string;
  /** Fits the width to what is on the screen. */
  onFit(): void;
}

const dragType = "application/x-tessera-column";

/** A heading: press to sort, drag to move, drag its edge to resize, and a menu with the rest. */
export function HeaderCell<Row>(props: HeaderCellProps<Row>) {
  const { placed, view, onViewChange, active, columnIndex, cellId } = props;
  const { column } = placed;
  const [dropSide, setDropSide] = useState<"before" | "after">();
  const sortAt = view.sort.findIndex((key) => key.id === placed.id);
  const sortKey = view.sort[sortAt];
  const sortable = column.sortable !== false;
  const press = (event: MouseEvent) => {
    if (sortable) onViewChange({ ...view, sort: nextSort(view.sort, placed.id, event.shiftKey) });
  };
  return (
    <div
      role="columnheader"
      id={cellId}
      aria-colindex={columnIndex}
      aria-sort={sortKey ? (sortKey.descending ? "descending" : "ascending") : undefined}
      style={{ width: placed.width, height: headerHeight }}
      draggable={!placed.resizing}
      {...dropHandlers(props, setDropSide)}
      className={cn(
        "group/head relative flex shrink-0 items-center border-r border-line/60 text-xs text-ink-2",
        active && "outline-2 -outline-offset-2 outline-transparent group-focus/grid:outline-focus",
        dropSide === "before" && "shadow-[inset_2px_0_0_var(--accent)]",
        dropSide === "after" && "shadow-[inset_-2px_0_0_var(--accent)]",
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        title={headerTitle(props)}
        onClick={press}
        className={cn(
          "flex h-full min-w-0 flex-1 items-center gap-1 overflow-hidden pr-1 pl-2.5 font-medium outline-none",
          column.numeric && "flex-row-reverse pr-2.5 pl-1",
          sortable ? "hover:text-ink" : "cursor-default",
        )}
      >
        {column.head ?? <MiddleTruncate text={column.label} />}
        {sortKey ? (
          <SortMark descending={sortKey.descending} rank={view.sort.length > 1 ? sortAt + 1 : 0} />
        ) : null}
      </button>
      <HeaderMenu {...props} />
      <ResizeEdge placed={placed} onFit={props.onFit} />
    </div>
  );
}

function headerTitle<Row>({ placed, view }: HeaderCellProps<Row>): string {
  const { label, group, sortable } = placed.column;
  const name = group ? `${group}: ${label}` : label;
  if (sortable === false) return name;
  return view.sort.length > 0
    ? `${name}\nShift-press to sort by this as well`
    : `${name}\nPress to sort`;
}

function SortMark({ descending, rank }: { descending: boolean; rank: number }) {
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <span className="inline-flex shrink-0 items-center text-accent-ink">
      <Arrow className="size-3.5" aria-hidden />
      {rank > 0 ? <span className="tabular text-2xs">{rank}</span> : null}
    </span>
  );
}

function HeaderMenu<Row>({ placed, view, onViewChange, onFit }: HeaderCellProps<Row>) {
  return (
    <DropdownMenu
      items={() => headerMenuItems({ placed, view, onViewChange, onFit })}
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${placed.column.label}: column menu`}
          className="absolute top-1/2 right-1 hidden -translate-y-1/2 rounded-xs bg-hover p-0.5 text-ink-2 group-hover/head:inline-flex hover:text-ink data-[state=open]:inline-flex"
        >
          <EllipsisVertical className="size-3.5" aria-hidden />
        </button>
      }
    />
  );
}

function ResizeEdge<Row>({ placed, onFit }: { placed: PlacedColumn<Row>; onFit(): void }) {
  return (
    <div
      role="presentation"
      // A drag that begins at the edge resizes; it must not also move the column.
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onMouseDown={placed.startResize}
      onTouchStart={placed.startResize}
      onDoubleClick={onFit}
      className={cn(
        "absolute inset-y-0 -right-1 z-1 w-2 cursor-col-resize touch-none select-none after:absolute after:inset-y-1.5 after:left-[3px] after:w-0.5 after:rounded-full after:bg-accent after:opacity-0 hover:after:opacity-100",
        placed.resizing && "after:opacity-100",
      )}
    />
  );
}

function dropHandlers<Row>(
  props: HeaderCellProps<Row>,
  setSide: (side: "before" | "after" | undefined) => void,
) {
  const { placed, nextId, view, onViewChange } = props;
  const sideOf = (event: DragEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientX < box.left + box.width / 2 ? "before" : "after";
  };
  return {
    onDragStart(event: DragEvent) {
      event.dataTransfer.setData(dragType, placed.id);
      event.dataTransfer.effectAllowed = "move";
    },
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragType)) return;
      event.preventDefault();
      setSide(sideOf(event));
    },
    onDragLeave: () => setSide(undefined),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setSide(undefined);
      const id = event.dataTransfer.getData(dragType);
      if (id) onViewChange(moveColumn(view, id, sideOf(event) === "before" ? placed.id : nextId));
    },
  };
}
