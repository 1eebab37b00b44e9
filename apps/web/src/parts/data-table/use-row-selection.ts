"use client";

import { useRef } from "react";
import type { Lines } from "./line-items.ts";
import { selectRange, toggleRow } from "./selection.ts";

interface SelectionOptions<Row> {
  lines: Lines<Row>;
  selection: ReadonlySet<string> | undefined;
  onSelectionChange: ((selection: ReadonlySet<string>) => void) | undefined;
}

export interface RowSelection {
  /** Switches a line; `extend` selects from the anchor, or from `from`, up to it. */
  toggle(line: number, extend: boolean, from?: number): void;
  /** Selects from the anchor, or from `from`, up to a line. */
  extend(line: number, from: number): void;
  dropAnchor(): void;
  selectAll(): void;
  /** Whether there was anything to clear. */
  clear(): boolean;
}

/** The selection with its anchor, from which ranges are measured. */
export function useRowSelection<Row>(options: SelectionOptions<Row>): RowSelection {
  const anchor = useRef<number>(undefined);
  const { lines, onSelectionChange } = options;
  const selection = onSelectionChange ? options.selection : undefined;
  const idAt = (line: number) => {
    const item = lines.at(line);
    return item?.kind === "row" ? item.id : undefined;
  };
  const range = (from: number, to: number) => {
    if (selection) onSelectionChange?.(selectRange(selection, { anchor: from, to, idAt }));
  };
  return {
    toggle(line, extend, from) {
      const id = idAt(line);
      if (id === undefined || !selection) return;
      const start = anchor.current ?? from;
      if (extend && start !== undefined) return range(start, line);
      anchor.current = line;
      onSelectionChange?.(toggleRow(selection, id));
    },
    extend(line, from) {
      anchor.current ??= from;
      range(anchor.current, line);
    },
    dropAnchor() {
      anchor.current = undefined;
    },
    selectAll: () => range(0, lines.count - 1),
    clear() {
      if (!selection?.size) return false;
      onSelectionChange?.(new Set());
      return true;
    },
  };
}
