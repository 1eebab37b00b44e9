"use client";
import { useCallback, useMemo, useState } from "react";
import { Page } from "../../../frame/page-frame.tsx";
import { DataTable } from "../../../parts/data-table/data-table.tsx";
import type { DataColumn, TableView } from "../../../parts/data-table/table-model.ts";
import { sortRows } from "../../../parts/data-table/sort-rows.ts";
import { StateBadge, workloadStates } from "../../../parts/state-badge.tsx";
import { RunDot } from "../../../parts/run-colors/run-dot.tsx";
import { RelativeTime } from "../../../parts/figures.tsx";
interface Row {
  id: string;
  i: number;
}
const N = 100_000,
  K = 12_000;
const rows: Row[] = Array.from({ length: N }, (_, i) => ({ id: `run${i}`, i }));
const h = (a: number, b: number) => {
  let x = (a * 2654435761) ^ (b * 40503);
  x = Math.imul(x ^ (x >>> 15), 2246822519);
  return ((x >>> 0) % 1e6) / 1e6;
};
const columns: DataColumn<Row>[] = [
  {
    id: "name",
    label: "Name",
    fixed: true,
    width: 240,
    value: (r) => (r.i === 3 ? "long-".repeat(50) : `brave-otter-${r.i}`),
    cell: (r) => (
      <span className="flex min-w-0 items-center gap-2">
        <RunDot runId={r.id} />
        <a href="#" tabIndex={-1} className="truncate font-medium hover:underline">
          {r.i === 3 ? "long-".repeat(50) : `brave-otter-${r.i}`}
        </a>
      </span>
    ),
  },
  {
    id: "state",
    label: "State",
    width: 120,
    value: (r) => workloadStates[r.i % 7],
    cell: (r) => <StateBadge state={workloadStates[r.i % 7]!} />,
  },
  {
    id: "started",
    label: "Started",
    value: (r) => r.i,
    cell: (r) => <RelativeTime time={Date.now() - r.i * 60000} />,
    width: 110,
  },
  ...Array.from({ length: K }, (_, k): DataColumn<Row> => ({
    id: `m${k}`,
    label: k % 3 ? `metrics/val_accuracy_${k}` : `lr_${k}`,
    group: k % 3 ? "metric" : "param",
    numeric: true,
    width: 110,
    value: (r) => (h(r.i, k) < 0.1 ? null : h(r.i, k)),
  })),
];
export default function P() {
  const [view, setView] = useState<TableView>({
    columns: columns.map((c) => c.id),
    pinned: ["name"],
    widths: {},
    sort: [
      { id: "m1", descending: true },
      { id: "m2", descending: false },
    ],
  });
  const [sel, setSel] = useState<ReadonlySet<string>>(new Set(["run2", "run5"]));
  const [grouped, setGrouped] = useState(false);
  const sorted = useMemo(
    () => (view.sort.length === 2 ? rows : sortRows(rows, columns, view.sort)),
    [view.sort],
  );
  const groups = useMemo(
    () =>
      grouped
        ? [0.1, 0.01, 0.001].map((lr, at) => ({
            id: String(lr),
            label: `lr = ${lr}`,
            rows: rows.slice(at * 5, at * 5 + 5),
            summary: (c: string) => (c.startsWith("m") ? "best 0.93" : null),
          }))
        : undefined,
    [grouped],
  );
  return (
    <Page
      width="full"
      crumbs={[{ label: "digits", href: "/x" }, { label: "Runs" }]}
      tools={
        <button id="grp" onClick={() => setGrouped(!grouped)}>
          group
        </button>
      }
    >
      <DataTable
        label="Runs"
        columns={columns}
        rows={sorted}
        groups={groups}
        rowId={useCallback((r: Row) => r.id, [])}
        view={view}
        onViewChange={setView}
        selection={sel}
        onSelectionChange={setSel}
        rowMenu={(r) => [{ id: "a", label: `Open ${r.id}` }]}
        onRowOpen={(r) => {
          document.title = r.id;
        }}
      />
    </Page>
  );
}
