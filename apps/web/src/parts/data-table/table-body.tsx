"use client";

import type { KeyboardEvent, MouseEvent } from "react";
import type { Lines } from "./line-items.ts";
import { rowHeight } from "./table-model.ts";
import { GroupRow, TableRow } from "./table-row.tsx";
import type { TableKeys } from "./use-table-keys.ts";
import type { TableWindow } from "./use-table-window.ts";

export interface TableBodyProps<Row> {
  lines: Lines<Row>;
  frame: TableWindow<Row>;
  keys: TableKeys;
  selection: ReadonlySet<string> | undefined;
  idPrefix: string;
}

/** The lines on the screen. */
export function TableBody<Row>({ lines, frame, keys, selection, idPrefix }: TableBodyProps<Row>) {
  const { cursor } = keys;
  const { first, end } = frame.lines;
  return (
    <div
      role="rowgroup"
      style={{ height: frame.height, width: frame.columns.totalWidth }}
      className="relative min-w-full"
    >
      {Array.from({ length: Math.max(0, end - first) }, (_, offset) => {
        const line = first + offset;
        const item = lines.at(line);
        if (item === undefined) return null;
        const common = {
          line,
          top: line * rowHeight,
          columns: frame.columns,
          activeColumn: cursor?.line === line ? cursor.column : undefined,
        };
        if (item.kind === "group") {
          return <GroupRow key={item.id} group={item.group} open={item.open} {...common} />;
        }
        const selected = selection?.has(item.id) ?? false;
        return <TableRow key={item.id} row={item.row} {...{ selected, idPrefix }} {...common} />;
      })}
    </div>
  );
}

const interactive = "a, button, input, [role=menuitem]";

/** The position of the line that an event happened in. */
export function lineOfEvent(event: MouseEvent): number | undefined {
  const target = event.target as Element;
  const line = target.closest<HTMLElement>("[data-line]")?.dataset["line"];
  return line === undefined ? undefined : Number(line);
}

export interface PointerTargets<Row> {
  lines: Lines<Row>;
  frame: TableWindow<Row>;
  keys: TableKeys;
  onGroupToggle(id: string): void;
  onRowOpen: ((row: Row, event: KeyboardEvent | MouseEvent) => void) | undefined;
}

/** A press on a cell: the cursor goes there, a group folds, Shift extends the selection. */
export function pressLine<Row>(
  event: MouseEvent,
  { lines, frame, keys, onGroupToggle }: PointerTargets<Row>,
) {
  const target = event.target as Element;
  const line = lineOfEvent(event);
  if (event.button !== 0 || line === undefined) return;
  if (target.matches("[data-select-row]")) return keepFocus(event);
  if (target.closest(interactive)) return;
  const item = lines.at(line);
  if (item?.kind === "group") onGroupToggle(item.group.id);
  const column = columnOf(target, frame);
  // Otherwise the browser marks the text between the two presses, and moves the focus away.
  if (event.shiftKey) event.preventDefault();
  keys.pressCell({ line, column }, event.shiftKey);
}

/** The column of a cell, by the number that it has for screen readers. */
function columnOf<Row>(target: Element, frame: TableWindow<Row>): number {
  const index = target.closest("[role=gridcell]")?.ariaColIndex;
  return Math.max(0, Number(index ?? 1) - (frame.columns.selectable ? 2 : 1));
}

/** A checkbox takes the press but not the focus: the keys belong to the table. */
function keepFocus(event: MouseEvent) {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement)
    event.currentTarget.focus({ preventScroll: true });
}

/** A press on a row's checkbox; with Shift up to the row that was pressed before. */
export function checkLine(event: MouseEvent, keys: TableKeys) {
  const line = lineOfEvent(event);
  if (line !== undefined && (event.target as Element).matches("[data-select-row]")) {
    keys.toggleLine(line, event.shiftKey);
  }
}

/** A double press on a row opens it. */
export function openLine<Row>(event: MouseEvent, { lines, onRowOpen }: PointerTargets<Row>) {
  const line = lineOfEvent(event);
  const item = line === undefined ? undefined : lines.at(line);
  if (item?.kind !== "row" || (event.target as Element).closest(interactive)) return;
  onRowOpen?.(item.row, event);
}
