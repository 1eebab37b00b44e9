"use client";

import type { Run } from "@tessera/contracts/run";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { useRefusal } from "../../data/permission.ts";
import { copyText } from "../../parts/copy-button.tsx";
import { toTsv } from "../../parts/data-table/tsv.ts";
import { countOf } from "../../parts/format/number.ts";
import { toastDone, toastError } from "../../parts/toast.tsx";
import { ChartedRunsContext } from "./charted-runs.tsx";
import { runMenuItems } from "./run-menu.tsx";
import { ChartsSkeleton } from "./runs-skeleton.tsx";
import { RunsEmpty } from "./runs-empty.tsx";
import { RunsFoot } from "./runs-foot.tsx";
import { RunsLayout } from "./runs-layout.tsx";
import { RunsTable } from "./runs-table.tsx";
import { RunsToolbar } from "./runs-toolbar.tsx";
import { useChartedRuns } from "./use-charted-runs.ts";
import { useCsvExport } from "./use-csv-export.ts";
import { useRunActions } from "./use-run-actions.ts";
import { useRunsSelection } from "./use-runs-selection.ts";
import { useRunsTable } from "./use-runs-table.ts";
import type { RunsTableState } from "./use-runs-table.ts";

const ChartsPanel = dynamic(
  () => import("./charts-panel.tsx").then((module) => module.ChartsPanel),
  { ssr: false, loading: () => <ChartsSkeleton /> },
);
const TagDialog = dynamic(() => import("./tag-dialog.tsx").then((module) => module.TagDialog), {
  ssr: false,
});

/** The table, the charts beside it, and what can be done with the runs. */
export function RunsView({ project }: { project: string }) {
  const table = useRunsTable(project);
  const picked = useRunsSelection(table);
  const charts = useChartedRuns(table, picked.selected);
  const actions = useRunActions(project, table.changed);
  const csv = useCsvExport(project);
  const refusal = useRefusal(project);
  const [tagging, setTagging] = useState<readonly Run[]>();
  const { charted, setHighlighted } = charts;
  const hover = useCallback((run: Run | undefined) => setHighlighted(run?.id), [setHighlighted]);
  const deletedView = table.address.view === "deleted";
  const menu = (run: Run) =>
    runMenuItems({ project, run, charted, actions, refusal, deletedView, onTag: setTagging });
  return (
    <>
      <ChartedRunsContext value={charted}>
        <RunsToolbar
          {...{ project, table, csv }}
          chartsOpen={charted.open}
          onChartsOpenChange={charts.setOpen}
        />
        <RunsLayout
          chartsOpen={charted.open}
          table={
            <RunsTable
              {...{ project, table }}
              selection={picked.selection}
              onSelectionChange={picked.select}
              onRunHover={hover}
              rowMenu={menu}
              empty={<RunsEmpty project={project} table={table} />}
            />
          }
          charts={
            table.query.isPending || table.rows.length > 0 ? (
              <Charts {...{ project, table, charts }} />
            ) : null
          }
        />
        <RunsFoot
          {...{ project, table, picked, charts, actions, csv, refusal }}
          onTag={() => setTagging(picked.selected)}
          onCopy={() => void copyRuns(table, picked.selected)}
        />
      </ChartedRunsContext>
      {tagging ? (
        <TagDialog
          open
          onOpenChange={(open) => open || setTagging(undefined)}
          runs={tagging}
          known={table.keys?.tags ?? []}
          onApply={(changes) => void actions.tag(tagging, changes)}
        />
      ) : null}
    </>
  );
}

interface ChartsProps {
  project: string;
  table: RunsTableState;
  charts: ReturnType<typeof useChartedRuns>;
}

function Charts({ project, table, charts }: ChartsProps) {
  return (
    <ChartsPanel
      project={project}
      runs={charts.runs}
      reason={charts.reason}
      loading={table.query.isPending}
      metrics={table.address.metrics}
      onMetricsChange={(metrics) => void table.setAddress({ metrics: [...metrics] })}
      hidden={charts.charted.hidden}
      onHiddenChange={charts.setHidden}
      highlighted={charts.charted.highlighted}
      onHighlight={charts.setHighlighted}
    />
  );
}

/** The shown columns of some runs, as a spreadsheet takes them. */
async function copyRuns({ view, columns }: RunsTableState, runs: readonly Run[]) {
  const shown = view.columns.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  if (await copyText(toTsv(runs, shown))) {
    toastDone(`Copied ${countOf(runs.length, "run")}`, "They paste into a spreadsheet.");
  } else toastError({ title: "The browser refused to copy" });
}
