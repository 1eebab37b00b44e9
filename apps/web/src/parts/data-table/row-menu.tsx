"use client";

import { useState } from "react";
import type { MouseEvent, ReactNode } from "react";
import { ContextMenu } from "../menu.tsx";
import type { MenuItem } from "../menu-items.ts";
import { rowAt } from "./line-items.ts";
import type { Lines } from "./line-items.ts";
import { lineOfEvent } from "./table-body.tsx";

export interface RowMenuProps<Row> {
  rowMenu: ((row: Row) => readonly MenuItem[]) | undefined;
  lines: Lines<Row>;
  children: ReactNode;
}

/** One context menu for all rows; its items are made for the row that was pressed. */
export function RowMenu<Row>({ rowMenu, lines, children }: RowMenuProps<Row>) {
  const [items, setItems] = useState<readonly MenuItem[]>([]);
  if (!rowMenu) return children;
  const prepare = (event: MouseEvent) => {
    const line = lineOfEvent(event);
    const row = line === undefined ? undefined : rowAt(lines, line);
    if (row === undefined) event.preventDefault();
    else setItems(rowMenu(row));
  };
  return (
    <ContextMenu items={items}>
      <div role="presentation" onContextMenuCapture={prepare}>
        {children}
      </div>
    </ContextMenu>
  );
}
