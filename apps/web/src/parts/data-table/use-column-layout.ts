"use client";

import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  functionalUpdate,
  metaHelper,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { ColumnDef } from "@tanstack/react-table";
import { useEffect, useMemo, useState } from "react";
import { defaultColumnWidth } from "./table-model.ts";
import type { DataColumn, TableView } from "./table-model.ts";

interface ColumnMeta {
  // The table below is told about columns only: rows stay plain, so that patching one of a
  // hundred thousand rebuilds nothing.
  source: DataColumn<unknown>;
}

const features = tableFeatures({
  columnMeta: metaHelper<ColumnMeta>(),
  columnSizingFeature,
  columnResizingFeature,
  columnPinningFeature,
  columnOrderingFeature,
});

type LayoutDef = ColumnDef<typeof features, object>;
const noRows: object[] = [];

export interface PlacedColumn<Row> {
  column: DataColumn<Row>;
  id: string;
  width: number;
  /** From the left edge of its region. */
  start: number;
  pinned: boolean;
  resizing: boolean;
  startResize(event: unknown): void;
}

export interface ColumnLayout<Row> {
  pinned: readonly PlacedColumn<Row>[];
  center: readonly PlacedColumn<Row>[];
  pinnedWidth: number;
  centerWidth: number;
  resizing: boolean;
}

interface LayoutOptions<Row> {
  columns: readonly DataColumn<Row>[];
  view: TableView;
  onViewChange(view: TableView): void;
}

/** Where the shown columns stand and how wide they are. Widths are reported when a drag ends. */
export function useColumnLayout<Row>(options: LayoutOptions<Row>): ColumnLayout<Row> {
  const { columns, view, onViewChange } = options;
  const shown = useShownColumns(columns, view.columns);
  const defs = useMemo(() => shown.map(toDef), [shown]);
  const [draft, setDraft] = useState<Record<string, number>>();
  const columnSizing = draft ?? view.widths;
  const columnPinning = useMemo(() => ({ start: [...view.pinned], end: [] }), [view.pinned]);
  const columnOrder = useMemo(() => [...view.columns], [view.columns]);
  const table = useTable({
    features,
    columns: defs,
    data: noRows,
    columnResizeMode: "onChange",
    state: { columnSizing, columnPinning, columnOrder },
    onColumnSizingChange: (updater) =>
      setDraft((current) => functionalUpdate(updater, { ...(current ?? view.widths) })),
  });
  const resizing = table.state.columnResizing.isResizingColumn;
  useEffect(() => {
    if (resizing !== false || draft === undefined) return;
    onViewChange({ ...view, widths: draft });
    setDraft(undefined);
  }, [resizing, draft, view, onViewChange]);
  return useMemo(() => {
    const place = (pinned: boolean) => {
      let start = 0;
      return (pinned ? table.getStartLeafHeaders() : table.getCenterLeafHeaders()).map((header) => {
        const width = header.getSize();
        start += width;
        return {
          column: header.column.columnDef.meta?.source as DataColumn<Row>,
          id: header.column.id,
          width,
          start: start - width,
          pinned,
          resizing: resizing === header.column.id,
          startResize: header.getResizeHandler(),
        };
      });
    };
    return {
      pinned: place(true),
      center: place(false),
      pinnedWidth: table.getStartTotalSize(),
      centerWidth: table.getCenterTotalSize(),
      resizing: resizing !== false,
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the table is a new object on every render
  }, [defs, columnSizing, columnPinning, columnOrder, resizing]);
}

function useShownColumns<Row>(columns: readonly DataColumn<Row>[], ids: readonly string[]) {
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  return useMemo(
    () => ids.map((id) => byId.get(id)).filter((column) => column !== undefined),
    [byId, ids],
  );
}

function toDef<Row>(column: DataColumn<Row>): LayoutDef {
  return {
    id: column.id,
    header: column.label,
    size: column.width ?? defaultColumnWidth,
    minSize: column.minWidth ?? 56,
    maxSize: 1200,
    meta: { source: column as DataColumn<unknown> },
  };
}
