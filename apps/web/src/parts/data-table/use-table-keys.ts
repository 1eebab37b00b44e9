"use client";

import { useState } from "react";
import type { KeyboardEvent, MouseEvent } from "react";
import type { Lines } from "./line-items.ts";
import { cursorMove, moveCursor } from "./table-cursor.ts";
import type { CursorMove, TableCursor } from "./table-cursor.ts";
import { useRowSelection } from "./use-row-selection.ts";
import type { RowSelection } from "./use-row-selection.ts";

export interface TableKeysOptions<Row> {
  lines: Lines<Row>;
  columnCount: number;
  pageLines(): number;
  selection: ReadonlySet<string> | undefined;
  onSelectionChange: ((selection: ReadonlySet<string>) => void) | undefined;
  onRowOpen: ((row: Row, event: KeyboardEvent | MouseEvent) => void) | undefined;
  onGroupToggle(id: string): void;
  onHeaderPress(column: number, add: boolean): void;
  reveal(line: number, column: number): void;
}

export interface TableKeys {
  cursor: TableCursor | undefined;
  onKeyDown(event: KeyboardEvent): void;
  /** A press on a cell; with Shift it extends the selection to its line. */
  pressCell(at: TableCursor, extend: boolean): void;
  toggleLine(line: number, extend: boolean): void;
}

/** The cursor, the keys, and the selection that both the keys and the pointer change. */
export function useTableKeys<Row>(options: TableKeysOptions<Row>): TableKeys {
  const [cursor, setCursor] = useState<TableCursor>();
  const { lines } = options;
  const rows = useRowSelection(options);

  const move = (to: CursorMove, extend: boolean) => {
    const bounds = {
      lines: lines.count,
      columns: options.columnCount,
      pageLines: options.pageLines(),
    };
    const next = cursor ? moveCursor(cursor, to, bounds) : { line: 0, column: 0 };
    if (extend) rows.extend(next.line, cursor?.line ?? next.line);
    else rows.dropAnchor();
    setCursor(next);
    options.reveal(next.line, next.column);
  };

  const activate = (event: KeyboardEvent) => {
    if (!cursor) return;
    if (cursor.line < 0) return options.onHeaderPress(cursor.column, event.shiftKey);
    const item = lines.at(cursor.line);
    if (item?.kind === "group") options.onGroupToggle(item.group.id);
    else if (item) options.onRowOpen?.(item.row, event);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys pressed on a button or a link inside belong to it.
    if (event.target !== event.currentTarget) return;
    if (!handleKey(event, { move, activate, rows, cursor })) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    cursor,
    onKeyDown,
    toggleLine: (line, extend) => rows.toggle(line, extend, cursor?.line),
    pressCell(at, extend) {
      if (extend) rows.toggle(at.line, true, cursor?.line);
      else rows.dropAnchor();
      setCursor(at);
    },
  };
}

interface KeyActions {
  cursor: TableCursor | undefined;
  rows: RowSelection;
  move(to: CursorMove, extend: boolean): void;
  activate(event: KeyboardEvent): void;
}

/** Whether the key meant something here. */
function handleKey(event: KeyboardEvent, { move, activate, rows, cursor }: KeyActions): boolean {
  const to = cursorMove(event);
  if (to) {
    move(to, event.shiftKey);
    return true;
  }
  const mod = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "Enter":
      activate(event);
      return true;
    case "x":
    case "X":
    case " ":
      if (mod || !cursor) return false;
      rows.toggle(cursor.line, event.shiftKey);
      return true;
    case "a":
      if (mod) rows.selectAll();
      return mod;
    case "Escape":
      return rows.clear();
    default:
      return false;
  }
}

/** For the help. */
export const tableShortcuts = [
  ["j", "Next row"],
  ["k", "Previous row"],
  ["x", "Select or unselect the row"],
  ["shift+j", "Extend the selection down"],
  ["shift+k", "Extend the selection up"],
  ["enter", "Open the row"],
  ["mod+a", "Select all loaded rows"],
  ["mod+c", "Copy the selected rows, or the cell"],
  ["escape", "Clear the selection"],
] as const;
