"use client";

import type { Run } from "@tessera/contracts/run";
import { useMemo, useState } from "react";
import { DataTable } from "../../parts/data-table/data-table.tsx";
import { headerHeight, rowHeight } from "../../parts/data-table/table-model.ts";
import type { DataColumn, TableGroup, TableView } from "../../parts/data-table/table-model.ts";
import { MiddleTruncate } from "../../parts/middle-truncate.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { useWidth } from "../../parts/use-width.ts";
import { CompareCell } from "./compare-cell.tsx";
import { compareGroups } from "./compare-rows.ts";
import type { CompareRow } from "./compare-rows.ts";

export interface ValuesTableProps {
  runs: readonly Run[];
  baseline: string;
  rows: readonly CompareRow[];
  /** What all share is shown too. */
  withSame: boolean;
}

const labelId = "what";
const tallest = 560;
const rowId = (row: CompareRow) => row.id;

/** What each run has, the baseline first; a line for each thing that they can differ in. */
export function ValuesTable({ runs, baseline, rows, withSame }: ValuesTableProps) {
  const [box, width] = useWidth();
  const [widths, setWidths] = useState<TableView["widths"]>({});
  const columns = useMemo(() => tableColumns(runs, baseline, width), [runs, baseline, width]);
  const shown = useMemo(() => rows.filter((row) => withSame || row.differs), [rows, withSame]);
  const groups = useMemo(() => tableGroups(rows, shown), [rows, shown]);
  const view = useMemo(() => {
    const ids = columns.map((column) => column.id);
    const pinned = width > 640 ? [labelId, baseline] : [labelId];
    return { columns: ids, pinned, widths, sort: [] };
  }, [columns, width, baseline, widths]);
  const height = headerHeight + (shown.length + groups.length) * rowHeight + 14;
  return (
    <div
      ref={box}
      style={{ height: Math.min(height, tallest) }}
      className="min-w-0 overflow-hidden rounded-lg border border-line"
    >
      <DataTable
        label="What the runs have"
        columns={columns}
        rows={shown}
        groups={groups}
        rowId={rowId}
        view={view}
        onViewChange={(next) => setWidths(next.widths)}
      />
    </div>
  );
}

function tableColumns(
  runs: readonly Run[],
  baseline: string,
  boxWidth: number,
): DataColumn<CompareRow>[] {
  // A few runs share the room that there is; many scroll.
  const labelWidth = boxWidth < 480 ? 124 : 168;
  const share = (boxWidth - labelWidth - 2) / Math.max(1, runs.length);
  const width = Math.floor(Math.min(300, Math.max(148, share)));
  const first = runs.filter((run) => run.id === baseline);
  const others = runs.filter((run) => run.id !== baseline);
  return [
    {
      id: labelId,
      label: "Name",
      width: labelWidth,
      sortable: false,
      fixed: true,
      value: (row) => row.label,
      cell: (row) => <MiddleTruncate text={row.label} />,
    },
    ...[...first, ...others].map((run) => ({ ...runColumn(run, baseline), width })),
  ];
}

function runColumn(run: Run, baseline: string): DataColumn<CompareRow> {
  return {
    id: run.id,
    label: run.name,
    head: (
      <span className="flex min-w-0 items-center gap-1.5">
        <RunDot runId={run.id} />
        <span className="truncate text-ink">{run.name}</span>
        {run.id === baseline ? <span className="shrink-0 text-ink-3">baseline</span> : null}
      </span>
    ),
    sortable: false,
    value: (row) => row.values.get(run.id),
    cell: (row) => <CompareCell row={row} runId={run.id} baseline={baseline} />,
  };
}

function tableGroups(
  rows: readonly CompareRow[],
  shown: readonly CompareRow[],
): TableGroup<CompareRow>[] {
  return compareGroups.flatMap((group) => {
    const members = shown.filter((row) => row.group === group);
    const all = rows.filter((row) => row.group === group);
    const different = all.filter((row) => row.differs).length;
    if (members.length === 0) return [];
    return [
      {
        id: group,
        rows: members,
        label: group,
        note: `${different} of ${all.length} differ`,
      },
    ];
  });
}
