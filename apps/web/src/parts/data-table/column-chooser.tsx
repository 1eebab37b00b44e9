"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Columns3 } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { formatCount } from "../format/number.ts";
import { SearchInput } from "../input.tsx";
import { MiddleTruncate } from "../middle-truncate.tsx";
import { Popover } from "../popover.tsx";
import { chooserLines } from "./column-groups.ts";
import type { ChooserLine } from "./column-groups.ts";
import { setShown } from "./table-model.ts";
import type { DataColumn, TableView } from "./table-model.ts";

export interface ColumnChooserProps<Row> {
  columns: readonly DataColumn<Row>[];
  view: TableView;
  onViewChange(view: TableView): void;
}

/** The button and the list that say which of the possible columns are shown. */
export function ColumnChooser<Row>(props: ColumnChooserProps<Row>) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Columns"
      align="end"
      className="flex w-80 flex-col gap-2 overflow-hidden p-2"
      trigger={
        <Button size="sm" icon={<Columns3 aria-hidden />}>
          Columns
        </Button>
      }
    >
      {open ? <ChooserPanel {...props} /> : null}
    </Popover>
  );
}

function ChooserPanel<Row>({ columns, view, onViewChange }: ColumnChooserProps<Row>) {
  const [query, setQuery] = useState("");
  const lines = useMemo(() => chooserLines(columns, query), [columns, query]);
  const shown = useMemo(() => new Set(view.columns), [view.columns]);
  const show = (changed: readonly DataColumn<Row>[], on: boolean) => {
    const free = changed.filter((column) => !column.fixed);
    onViewChange(withShown(view, free, on));
  };
  return (
    <>
      <SearchInput value={query} onValueChange={setQuery} label="Find a column" />
      {lines.length === 0 ? (
        <p className="px-2 py-4 text-center text-sm text-ink-2">No column is called that.</p>
      ) : (
        <ChooserList lines={lines} shown={shown} show={show} />
      )}
      <p className="tabular px-2 text-xs text-ink-3">
        {formatCount(view.columns.length)} of {formatCount(columns.length)} shown
      </p>
    </>
  );
}

/** Many at once, without going over the view's list for each. */
function withShown<Row>(
  view: TableView,
  changed: readonly DataColumn<Row>[],
  on: boolean,
): TableView {
  if (changed.length === 1 && changed[0]) return setShown(view, changed[0].id, on);
  const ids = new Set(changed.map((column) => column.id));
  if (!on) {
    return {
      ...view,
      columns: view.columns.filter((id) => !ids.has(id)),
      pinned: view.pinned.filter((id) => !ids.has(id)),
    };
  }
  for (const id of view.columns) ids.delete(id);
  return { ...view, columns: [...view.columns, ...ids] };
}

interface ChooserListProps<Row> {
  lines: readonly ChooserLine<Row>[];
  shown: ReadonlySet<string>;
  show(columns: readonly DataColumn<Row>[], on: boolean): void;
}

function ChooserList<Row>({ lines, shown, show }: ChooserListProps<Row>) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => 28,
    overscan: 6,
  });
  return (
    <div ref={setScroller} className="h-[min(360px,50dvh)] overflow-y-auto">
      <div style={{ height: virtual.getTotalSize() }} className="relative">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <div
              key={line.id}
              style={{ transform: `translateY(${start}px)` }}
              className="absolute inset-x-0 top-0 flex h-7 items-center px-2"
            >
              {line.kind === "heading" ? (
                <GroupHeading line={line} shown={shown} show={show} />
              ) : (
                <ColumnLine column={line.column} shown={shown.has(line.id)} show={show} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface GroupHeadingProps<Row> extends Omit<ChooserListProps<Row>, "lines"> {
  line: Extract<ChooserLine<Row>, { kind: "heading" }>;
}

function GroupHeading<Row>({ line, shown, show }: GroupHeadingProps<Row>) {
  const all = line.columns.every((column) => shown.has(column.id));
  return (
    <div className="flex w-full items-center justify-between text-xs text-ink-3">
      <span className="font-medium first-letter:uppercase">{line.label}</span>
      <button
        type="button"
        onClick={() => show(line.columns, !all)}
        className="rounded-xs text-accent-ink hover:underline"
      >
        {all ? "Hide" : "Show"}{" "}
        {line.columns.length === 1 ? "it" : `all ${formatCount(line.columns.length)}`}
      </button>
    </div>
  );
}

interface ColumnLineProps<Row> extends Pick<ChooserListProps<Row>, "show"> {
  column: DataColumn<Row>;
  shown: boolean;
}

function ColumnLine<Row>({ column, shown, show }: ColumnLineProps<Row>) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-w-0 flex-1 items-center gap-2 text-sm">
      <Checkbox
        id={id}
        checked={shown}
        disabled={column.fixed ?? false}
        title={column.fixed ? "This column is always shown" : undefined}
        onCheckedChange={(on) => show([column], on)}
      />
      <MiddleTruncate text={column.label} />
    </label>
  );
}
