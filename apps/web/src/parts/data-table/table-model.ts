import type { ReactNode } from "react";
import { formatNumber, fullNumber } from "../format/number.ts";

/** One possible column. There may be thousands; only those in the view are drawn. */
export interface DataColumn<Row> {
  id: string;
  /** The heading, whole on hover. */
  label: string;
  /** The drawing of the heading; without it the label. */
  head?: ReactNode | undefined;
  /** The heading that it stands under in the column chooser, and before its label: "metric". */
  group?: string | undefined;
  /** The raw value: what is copied and exported, and what `sortRows` compares. */
  value(row: Row): unknown;
  /** The drawing; without it numbers, booleans and text draw themselves. */
  cell?: ((row: Row) => ReactNode) | undefined;
  /** The text for copies; without it the raw value in full. */
  text?: ((row: Row) => string) | undefined;
  /** Numbers stand at the right. */
  numeric?: boolean | undefined;
  width?: number | undefined;
  minWidth?: number | undefined;
  sortable?: boolean | undefined;
  /** Cannot be hidden: the name, say. */
  fixed?: boolean | undefined;
}

export interface SortKey {
  id: string;
  descending: boolean;
}

/** What a person can change about a table: small enough for an address or for storage. */
export interface TableView {
  /** The shown columns, in order. Ids that no column has are kept but not drawn. */
  columns: readonly string[];
  /** Those of them that stay at the left. */
  pinned: readonly string[];
  /** In pixels, where it differs from the column's own. */
  widths: Readonly<Record<string, number>>;
  /** The first key counts most. */
  sort: readonly SortKey[];
}

/** Rows under a heading of their own: "learning rate = 0.1". */
export interface TableGroup<Row> {
  id: string;
  label: ReactNode;
  rows: readonly Row[];
  /** Beside the label; without it the number of rows. */
  note?: ReactNode | undefined;
  /** What the group's line shows in a column: the best, the mean. */
  summary?: ((columnId: string) => ReactNode) | undefined;
}

export const rowHeight = 32;
export const headerHeight = 32;
export const defaultColumnWidth = 140;

/** The full text of a cell, for copies. */
export function cellText<Row>(column: DataColumn<Row>, row: Row): string {
  if (column.text) return column.text(row);
  return valueText(column.value(row));
}

/** A raw value in full. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return fullNumber(value);
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  return JSON.stringify(value) ?? "";
}

/** A raw value as a cell shows it. */
export function valueShown(value: unknown): string {
  return typeof value === "number" ? formatNumber(value) : valueText(value);
}

/** The next sort after pressing a heading: ascending, descending, none. `add` keeps the others. */
export function nextSort(sort: readonly SortKey[], id: string, add: boolean): SortKey[] {
  const current = sort.find((key) => key.id === id);
  const next: SortKey[] =
    current === undefined
      ? [{ id, descending: false }]
      : current.descending
        ? []
        : [{ id, descending: true }];
  if (!add) return next;
  if (current === undefined) return [...sort, ...next];
  return sort.flatMap((key) => (key.id === id ? next : [key]));
}

/** The view with a column moved before another; `before` undefined is the end. */
export function moveColumn(view: TableView, id: string, before: string | undefined): TableView {
  if (id === before) return view;
  const columns = view.columns.filter((other) => other !== id);
  const at = before === undefined ? columns.length : columns.indexOf(before);
  columns.splice(at === -1 ? columns.length : at, 0, id);
  // A column dropped among the pinned ones is pinned there, and one dragged out is let go.
  const pinned = movedPins(view, id, before);
  return { ...view, columns, pinned };
}

function movedPins(view: TableView, id: string, before: string | undefined): string[] {
  const pinned = view.pinned.filter((other) => other !== id);
  if (before === undefined || !view.pinned.includes(before)) return pinned;
  pinned.splice(pinned.indexOf(before), 0, id);
  return pinned;
}

export function setPinned(view: TableView, id: string, pinned: boolean): TableView {
  const others = view.pinned.filter((other) => other !== id);
  return { ...view, pinned: pinned ? [...others, id] : others };
}

export function setShown(view: TableView, id: string, shown: boolean): TableView {
  if (shown) return view.columns.includes(id) ? view : { ...view, columns: [...view.columns, id] };
  return {
    ...view,
    columns: view.columns.filter((other) => other !== id),
    pinned: view.pinned.filter((other) => other !== id),
  };
}
