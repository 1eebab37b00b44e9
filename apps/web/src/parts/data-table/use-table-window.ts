"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { headerHeight, rowHeight } from "./table-model.ts";
import type { DrawnColumns } from "./table-row.tsx";
import { checkboxWidth } from "./table-row.tsx";
import type { ColumnLayout } from "./use-column-layout.ts";
import { columnStarts, revealed, visibleColumns, visibleLines } from "./visible-range.ts";
import type { VisibleRange } from "./visible-range.ts";

interface WindowOptions<Row> {
  /** What scrolls. */
  scroller: HTMLElement | null;
  lineCount: number;
  layout: ColumnLayout<Row>;
  selectable: boolean;
}

export interface TableWindow<Row> {
  lines: VisibleRange;
  /** Of all lines. */
  height: number;
  columns: DrawnColumns<Row>;
  /** Brings a line and a column into view. */
  reveal(line: number, column: number): void;
}

interface Viewport {
  top: number;
  left: number;
  width: number;
  height: number;
}

const nowhere: Viewport = { top: 0, left: 0, width: 0, height: 0 };

/**
 * Which lines and which columns are on the screen now. Lines are all of one height, so both ways
 * it is arithmetic; one listener reads both scroll positions once, before anything is written.
 */
export function useTableWindow<Row>(options: WindowOptions<Row>): TableWindow<Row> {
  const { scroller, lineCount, layout, selectable } = options;
  const view = useViewport(scroller);
  const pinnedWidth = layout.pinnedWidth + (selectable ? checkboxWidth : 0);
  const starts = useMemo(
    () => columnStarts(layout.center.map((placed) => placed.width)),
    [layout.center],
  );
  const { first, end } = visibleColumns(starts, view, 1);
  const columns = useMemo(
    () => ({
      pinned: layout.pinned,
      center: layout.center.slice(first, end),
      gap: starts[first] ?? 0,
      offset: first,
      totalWidth: pinnedWidth + layout.centerWidth,
      selectable,
    }),
    [layout, starts, first, end, pinnedWidth, selectable],
  );
  const reveal = (line: number, column: number) => {
    if (!scroller) return;
    const center = column - layout.pinned.length;
    const width = layout.center[center]?.width;
    scroller.scrollTo({
      // The sticky headings push the lines down by as much as they cover, and so do pinned columns.
      ...(line < 0
        ? {}
        : {
            top: revealed(
              scroller.scrollTop,
              { start: line * rowHeight, size: rowHeight },
              scroller.clientHeight - headerHeight,
            ),
          }),
      ...(width === undefined
        ? {}
        : {
            left: revealed(
              scroller.scrollLeft,
              { start: starts[center] ?? 0, size: width },
              scroller.clientWidth - pinnedWidth,
            ),
          }),
    });
  };
  return {
    lines: visibleLines(view, { lineHeight: rowHeight, count: lineCount, beyond: 6 }),
    height: lineCount * rowHeight,
    columns,
    reveal,
  };
}

function useViewport(scroller: HTMLElement | null): Viewport {
  const [view, setView] = useState(nowhere);
  const size = useRef({ width: 0, height: 0 });
  const read = useCallback(() => {
    if (!scroller) return;
    const { scrollTop: top, scrollLeft: left } = scroller;
    setView({ top, left, ...size.current });
  }, [scroller]);
  useEffect(() => {
    if (!scroller) return;
    // At once, not when React finds time: otherwise the browser shows the gap first.
    const onScroll = () => flushSync(read);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    const observer = new ResizeObserver(() => {
      size.current = { width: scroller.clientWidth, height: scroller.clientHeight };
      read();
    });
    observer.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [scroller, read]);
  return view;
}
