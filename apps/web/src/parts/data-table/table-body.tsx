"use client";

import { useCallback, useEffect, useRef } from "react";
import type { KeyboardEvent, MouseEvent } from "react";
import type { Lines } from "./line-items.ts";
import { TableRow } from "./table-row.tsx";
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
  // Stable for the memoised rows, though what it calls changes with the selection.
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const onToggle = useCallback(
    (line: number, shift: boolean) => latest.current.toggleLine(line, shift),
    [],
  );
  return (
    <div
      role="rowgroup"
      style={{ height: frame.height, width: frame.columns.totalWidth }}
      className="relative min-w-full"
    >
      {frame.lines.map(({ index, start }) => {
        const item = lines.at(index);
        return item === undefined ? null : (
          <TableRow
            key={item.id}
            item={item}
            line={index}
            top={start}
            columns={frame.columns}
            selected={selection?.has(item.id) ?? false}
            activeColumn={cursor?.line === index ? cursor.column : undefined}
            idPrefix={idPrefix}
            onToggle={onToggle}
          />
        );
      })}
    </div>
  );
}

const interactive = "a, button, input, [role=checkbox], [role=menuitem]";

/** The position of the line that an event happened in. */
export function lineOfEvent(event: MouseEvent): number | undefined {
  const target = event.target as Element;
  const line = target.closest<HTMLElement>("[data-line]")?.dataset["line"];
  return line === undefined ? undefined : Number(line);
}

export interface PointerTargets<Row> {
  lines: Lines<Row>;
  keys: TableKeys;
  onGroupToggle(id: string): void;
  onRowOpen: ((row: Row, event: KeyboardEvent | MouseEvent) => void) | undefined;
}

/** A press on a cell: the cursor goes there, a group folds, Shift extends the selection. */
export function pressLine<Row>(
  event: MouseEvent,
  { lines, keys, onGroupToggle }: PointerTargets<Row>,
) {
  const target = event.target as Element;
  const line = lineOfEvent(event);
  if (event.button !== 0 || line === undefined || target.closest(interactive)) return;
  const item = lines.at(line);
  if (item?.kind === "group") onGroupToggle(item.group.id);
  const column = target.closest<HTMLElement>("[data-column]")?.dataset["column"];
  // Otherwise the browser marks the text between the two presses, and moves the focus away.
  if (event.shiftKey) event.preventDefault();
  keys.pressCell({ line, column: Number(column ?? 0) }, event.shiftKey);
}

/** A double press on a row opens it. */
export function openLine<Row>(event: MouseEvent, { lines, onRowOpen }: PointerTargets<Row>) {
  const line = lineOfEvent(event);
  const item = line === undefined ? undefined : lines.at(line);
  if (item?.kind !== "row" || (event.target as Element).closest(interactive)) return;
  onRowOpen?.(item.row, event);
}
