"use client";

import { Download } from "lucide-react";
import { Button } from "../../parts/button.tsx";
import { formatCount } from "../../parts/format/number.ts";
import { RunsFooter } from "./runs-footer.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import type { SelectionBarProps } from "./selection-bar.tsx";
import type { useChartedRuns } from "./use-charted-runs.ts";
import type { CsvExport } from "./use-csv-export.ts";
import type { useRunsSelection } from "./use-runs-selection.ts";
import type { RunsTableState } from "./use-runs-table.ts";

export interface RunsFootProps extends Pick<
  SelectionBarProps,
  "project" | "actions" | "refusal" | "onTag" | "onCopy"
> {
  table: RunsTableState;
  picked: ReturnType<typeof useRunsSelection>;
  charts: ReturnType<typeof useChartedRuns>;
  csv: CsvExport;
}

/** The line below: an export on its way, what can be done with the selection, or the counts. */
export function RunsFoot(props: RunsFootProps) {
  const { table, picked, charts, csv } = props;
  const { selection, selected, select } = picked;
  const { charted } = charts;
  const { query, counts, rows } = table;
  if (csv.progress) {
    return (
      <div className="flex h-11 shrink-0 items-center gap-3 border-t border-line px-3 text-sm text-ink-2">
        <Download className="size-3.5" aria-hidden />
        <span role="status" className="tabular">
          Exported {formatCount(csv.progress.done)} of {formatCount(csv.progress.matched)} runs
        </span>
        <Button size="sm" variant="ghost" onClick={csv.cancel}>
          Cancel
        </Button>
      </div>
    );
  }
  if (selection.size > 0) {
    const hide = (away: boolean) => {
      const next = new Set(charted.hidden);
      for (const run of selected) {
        if (away) next.add(run.id);
        else next.delete(run.id);
      }
      charts.setHidden(next);
    };
    const shown = table.view.columns.flatMap(
      (id) => table.columns.find((column) => column.id === id) ?? [],
    );
    return (
      <SelectionBar
        {...props}
        selected={selected}
        count={selection.size}
        deletedView={table.address.view === "deleted"}
        chartsOpen={charted.open}
        allHidden={selected.length > 0 && selected.every((run) => charted.hidden.has(run.id))}
        onHide={hide}
        onExport={() => csv.some(selected, shown)}
        onClear={() => select(new Set())}
      />
    );
  }
  return (
    <RunsFooter
      matched={counts?.matched}
      total={counts?.total}
      loaded={rows.length}
      waiting={table.waiting}
      onShowWaiting={table.release}
      searching={query.isFetching && !query.isFetchingNextPage}
      grouped={table.address.group !== null}
    />
  );
}
