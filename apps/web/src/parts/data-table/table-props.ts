import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import type { MenuItem } from "../menu-items.ts";
import type { DataColumn, TableGroup, TableView } from "./table-model.ts";

export interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  /** Every possible column, in a stable array. */
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  /** The same rows under headings that fold, in the order to be shown. */
  groups?: readonly TableGroup<Row>[] | undefined;
  /** A stable function. */
  rowId(row: Row): string;
  view: TableView;
  onViewChange(view: TableView): void;
  selection?: ReadonlySet<string> | undefined;
  onSelectionChange?: ((selection: ReadonlySet<string>) => void) | undefined;
  /** Enter on a row, or a double press. */
  onRowOpen?: ((row: Row, event: KeyboardEvent | MouseEvent) => void) | undefined;
  /** The row under the pointer, as it changes; undefined when the pointer leaves. */
  onRowHover?: ((row: Row | undefined) => void) | undefined;
  /** What a right press on a row offers. */
  rowMenu?: ((row: Row) => readonly MenuItem[]) | undefined;
  /** Called when the end comes near, to load more. */
  onEndReached?: (() => void) | undefined;
  /** Rows are on their way: skeletons stand for them. */
  loadingMore?: boolean | undefined;
  /** Stands below the headings when there are no rows. */
  empty?: ReactNode | undefined;
  className?: string | undefined;
}
