"use client";

import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { ClipboardEvent, MouseEvent, PointerEvent } from "react";
import { useListedShortcuts } from "../shortcuts/shortcut-registry.ts";
import { useStable } from "../use-stable.ts";
import { copyRows } from "./copy-rows.ts";
import type { DataTableProps } from "./table-props.ts";
import { fitWidth } from "./fit-width.ts";
import { groupedLines, plainLines, rowAt } from "./line-items.ts";
import type { Lines } from "./line-items.ts";
import { checkLine, lineOfEvent, openLine, pressLine } from "./table-body.tsx";
import { headerHeight, nextSort, rowHeight } from "./table-model.ts";
import { useColumnLayout } from "./use-column-layout.ts";
import type { PlacedColumn } from "./use-column-layout.ts";
import { tableShortcuts, useTableKeys } from "./use-table-keys.ts";
import { useTableWindow } from "./use-table-window.ts";

/** Everything that a DataTable knows, apart from its markup. */
export function useDataTable<Row>(props: DataTableProps<Row>, scroller: HTMLElement | null) {
  const { columns, view, onViewChange, selection, rows, rowId } = props;
  const { lines, toggleGroup } = useLines(props);
  const layout = useColumnLayout({ columns, view, onViewChange });
  const selectable = selection !== undefined;
  const frame = useTableWindow({ scroller, lineCount: lines.count, layout, selectable });
  const shown = useMemo(() => [...layout.pinned, ...layout.center], [layout]);
  const keys = useTableKeys({
    lines,
    columnCount: shown.length,
    pageLines: () => Math.floor(((scroller?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1,
    selection,
    onSelectionChange: props.onSelectionChange,
    onRowOpen: props.onRowOpen,
    onGroupToggle: toggleGroup,
    onHeaderPress(at, add) {
      const id = shown[at]?.column.sortable === false ? undefined : shown[at]?.id;
      if (id) onViewChange({ ...view, sort: nextSort(view.sort, id, add) });
    },
    reveal: frame.reveal,
  });
  useListedShortcuts("Tables", tableShortcuts);
  useEndReached(frame.lines.end, lines.count, props.onEndReached);
  const { cursor } = keys;
  const targets = { lines, frame, keys, onGroupToggle: toggleGroup, onRowOpen: props.onRowOpen };
  return {
    idPrefix: useId(),
    lines,
    layout,
    frame,
    keys,
    selectable,
    columnCount: shown.length + (selectable ? 1 : 0),
    onCopy: (event: ClipboardEvent) =>
      copyRows(event, {
        rows,
        rowId,
        lines,
        selection,
        cursor,
        columns: shown.map((placed) => placed.column),
      }),
    onClick: (event: MouseEvent) => checkLine(event, keys),
    onMouseDown: (event: MouseEvent) => pressLine(event, targets),
    ...hoverHandlers(lines, props.onRowHover),
    onDoubleClick: (event: MouseEvent) => openLine(event, targets),
    fit: useStable((placed: PlacedColumn<Row>) => {
      if (!scroller) return;
      const seen: Row[] = [];
      for (let line = frame.lines.first; line < frame.lines.end; line += 1) {
        const row = rowAt(lines, line);
        if (row !== undefined) seen.push(row);
      }
      const width = fitWidth(placed.column, seen, scroller);
      onViewChange({ ...view, widths: { ...view.widths, [placed.id]: width } });
    }),
  };
}

function hoverHandlers<Row>(lines: Lines<Row>, onRowHover: DataTableProps<Row>["onRowHover"]) {
  if (!onRowHover) return {};
  return {
    onPointerOver(event: PointerEvent) {
      const line = lineOfEvent(event);
      onRowHover(line === undefined ? undefined : rowAt(lines, line));
    },
    onPointerLeave: () => onRowHover(undefined),
  };
}

function useLines<Row>({ rows, groups, rowId }: DataTableProps<Row>) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set());
  const lines = useMemo(
    () => (groups ? groupedLines(groups, rowId, closed) : plainLines(rows, rowId)),
    [rows, groups, rowId, closed],
  );
  const toggleGroup = (id: string) =>
    setClosed((current) => {
      const next = new Set(current);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return { lines, toggleGroup };
}

function useEndReached(drawnEnd: number, count: number, onEndReached: (() => void) | undefined) {
  const near = count > 0 && drawnEnd >= count - 20;
  const latest = useRef(onEndReached);
  useEffect(() => {
    latest.current = onEndReached;
  });
  useEffect(() => {
    if (near) latest.current?.();
  }, [near, count]);
}
