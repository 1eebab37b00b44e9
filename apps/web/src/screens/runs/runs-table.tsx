"use client";

import { ApiError } from "@tessera/client/api-error";
import type { Run } from "@tessera/contracts/run";
import { ListFilter } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import type { PointerEvent, ReactNode } from "react";
import { errorWords } from "../../data/error-words.ts";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { DataTable } from "../../parts/data-table/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import type { MenuItem } from "../../parts/menu-items.ts";
import { useShortcut } from "../../parts/shortcuts/shortcut-registry.ts";
import { runId } from "./use-runs-table.ts";
import type { RunsTableState } from "./use-runs-table.ts";

export interface RunsTableProps {
  project: string;
  table: RunsTableState;
  selection: ReadonlySet<string>;
  onSelectionChange(selection: ReadonlySet<string>): void;
  onRunHover(run: Run | undefined): void;
  rowMenu(run: Run): readonly MenuItem[];
  empty: ReactNode;
}

/** The runs in rows; while the pointer is over them they keep their places. */
export function RunsTable(props: RunsTableProps) {
  const { project, table, selection, onSelectionChange, onRunHover } = props;
  const { query, rows, setPointed } = table;
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  useTableFocus(() => box.current?.querySelector<HTMLElement>("[role=grid], [role=treegrid]"));
  if (query.isError && query.data === undefined) return <Failure table={table} />;
  return (
    <div
      ref={box}
      role="presentation"
      className="h-full min-h-0"
      onPointerEnter={(event: PointerEvent) => setPointed(event.pointerType === "mouse")}
      onPointerLeave={() => setPointed(false)}
    >
      <DataTable
        label="Runs"
        columns={table.columns}
        rows={rows}
        groups={table.groups}
        rowId={runId}
        view={table.view}
        onViewChange={table.setView}
        selection={selection}
        onSelectionChange={onSelectionChange}
        onRowHover={onRunHover}
        onRowOpen={(run, event) => {
          const href = projectPath(project, "runs", run.id);
          if (event.metaKey || event.ctrlKey) window.open(href, "_blank");
          else router.push(href);
        }}
        rowMenu={props.rowMenu}
        onEndReached={table.loadMore}
        loadingMore={query.isPending || query.isFetchingNextPage}
        empty={props.empty}
      />
    </div>
  );
}

function Failure({ table: { query, address, setAddress } }: { table: RunsTableState }) {
  if (query.error instanceof ApiError && query.error.code === "invalid_argument") {
    return (
      <EmptyState
        icon={<ListFilter aria-hidden />}
        title="This filter cannot be applied"
        action={<Button onClick={() => void setAddress({ q: null })}>Clear the filter</Button>}
      >
        <code className="rounded-xs bg-bad-soft px-1 font-mono text-sm [overflow-wrap:anywhere]">
          {address.q}
        </code>
        <p className="mt-2">{query.error.message}</p>
      </EmptyState>
    );
  }
  return (
    <ErrorPanel
      {...errorWords(query.error, "Could not list the runs")}
      className="m-3"
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  );
}

/** The first j or k goes into the table; from there on it has the keys. */
function useTableFocus(grid: () => HTMLElement | null | undefined) {
  const enter = (event: KeyboardEvent) => {
    const element = grid();
    element?.focus();
    element?.dispatchEvent(
      new KeyboardEvent("keydown", { key: event.key, bubbles: true, cancelable: true }),
    );
  };
  useShortcut({ keys: "j", label: "Into the table", group: "This page", run: enter });
  useShortcut({ keys: "k", label: "Into the table", group: "This page", run: enter });
}
