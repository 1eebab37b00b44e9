"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo } from "react";
import type { RefObject } from "react";
import type { DrawnColumns } from "./table-row.tsx";
import { checkboxWidth } from "./table-row.tsx";
import { headerHeight, rowHeight } from "./table-model.ts";
import type { ColumnLayout } from "./use-column-layout.ts";

interface WindowOptions<Row> {
  scroller: RefObject<HTMLDivElement | null>;
  lineCount: number;
  layout: ColumnLayout<Row>;
  selectable: boolean;
}

export interface TableWindow<Row> {
  lines: readonly { index: number; start: number }[];
  height: number;
  columns: DrawnColumns<Row>;
  /** Brings a line and a column into view. */
  reveal(line: number, column: number): void;
}

/** Which lines and which columns are on the screen now. */
export function useTableWindow<Row>(options: WindowOptions<Row>): TableWindow<Row> {
  const { scroller, lineCount, layout, selectable } = options;
  const pinnedWidth = layout.pinnedWidth + (selectable ? checkboxWidth : 0);
  const rows = useVirtualizer({
    count: lineCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The sticky headings push the first line down by as much as they cover.
    scrollPaddingEnd: headerHeight,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: layout.center.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => layout.center[at]?.width ?? 0,
    overscan: 2,
    scrollPaddingEnd: pinnedWidth,
  });
  useEffect(() => across.measure(), [across, layout.center]);
  const drawn = across.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? -1;
  const gap = drawn[0]?.start ?? 0;
  const columns = useMemo(
    () => ({
      pinned: layout.pinned,
      center: layout.center.slice(first, last + 1),
      gap,
      offset: first,
      totalWidth: pinnedWidth + layout.centerWidth,
      selectable,
    }),
    [layout, first, last, gap, pinnedWidth, selectable],
  );
  const reveal = (line: number, column: number) => {
    if (line >= 0) rows.scrollToIndex(line, { align: "auto" });
    const center = column - layout.pinned.length;
    if (center >= 0) across.scrollToIndex(center, { align: "auto" });
  };
  return { lines: rows.getVirtualItems(), height: rows.getTotalSize(), columns, reveal };
}
