"use client";

import { ApiError } from "@tessera/client/api-error";
import { Download, Ellipsis, EyeOff, LineChart, RotateCcw, Trash2, Undo2 } from "lucide-react";
import { Button, IconButton } from "../../parts/button.tsx";
import { ColumnChooser } from "../../parts/data-table/column-chooser.tsx";
import { FilterEditor } from "../../parts/filter-editor/filter-editor.tsx";
import { DropdownMenu } from "../../parts/menu.tsx";
import type { MenuItem } from "../../parts/menu-items.ts";
import { constantColumns } from "./constant-columns.ts";
import { ExperimentPicker } from "./experiment-picker.tsx";
import { GroupPicker } from "./group-picker.tsx";
import type { CsvExport } from "./use-csv-export.ts";
import { useFilterLanguage } from "./use-filter-language.ts";
import type { RunsTableState } from "./use-runs-table.ts";

export interface RunsToolbarProps {
  project: string;
  table: RunsTableState;
  csv: CsvExport;
  chartsOpen: boolean;
  onChartsOpenChange(open: boolean): void;
}

/** What is listed, and how: filter, experiments, groups, columns. */
export function RunsToolbar(props: RunsToolbarProps) {
  const { project, table, chartsOpen, onChartsOpenChange } = props;
  const { address, setAddress, keys, columns, view, setView, rows, query } = table;
  const language = useFilterLanguage(keys, rows);
  const refused = query.error instanceof ApiError && query.error.code === "invalid_argument";
  return (
    <div className="flex shrink-0 flex-wrap items-start gap-2 border-b border-line px-2 py-1.5 sm:px-3">
      <FilterEditor
        {...language}
        value={address.q}
        onApply={(q) => void setAddress({ q: q === "" ? null : q })}
        label="Filter the runs"
        error={refused ? query.error?.message : undefined}
        className="min-w-[min(100%,280px)] flex-1"
      />
      <div className="no-scrollbar flex h-8 max-w-full items-center gap-1.5 overflow-x-auto">
        <ExperimentPicker
          project={project}
          chosen={address.experiment}
          onChosenChange={(experiment) => void setAddress({ experiment: [...experiment] })}
        />
        <GroupPicker
          keys={keys}
          group={address.group}
          onGroupChange={(group) => void setAddress({ group })}
          summary={address.summary}
          onSummaryChange={(summary) => void setAddress({ summary })}
        />
        <ColumnChooser columns={columns} view={view} onViewChange={setView} />
        <MoreMenu {...props} />
        <IconButton
          label={chartsOpen ? "Hide the charts" : "Show the charts"}
          aria-pressed={chartsOpen}
          variant={chartsOpen ? "secondary" : "ghost"}
          onClick={() => onChartsOpenChange(!chartsOpen)}
          // Where only one of the two has room, a switch above them chooses.
          className="max-[984px]:hidden"
        >
          <LineChart aria-hidden />
        </IconButton>
      </div>
      {address.view === "deleted" ? <DeletedNote table={table} /> : null}
    </div>
  );
}

function DeletedNote({ table }: { table: RunsTableState }) {
  return (
    <p className="flex w-full items-center gap-2 text-sm text-ink-2">
      <Trash2 className="size-3.5 shrink-0" aria-hidden />
      Deleted runs: select those to bring back.
      <Button
        size="sm"
        variant="ghost"
        onClick={() => void table.setAddress({ view: "active", sel: [] })}
      >
        Back to the runs
      </Button>
    </p>
  );
}

function MoreMenu(props: RunsToolbarProps) {
  return (
    <DropdownMenu
      items={moreItems(props)}
      trigger={
        <button
          type="button"
          aria-label="More"
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <Ellipsis className="size-4" aria-hidden />
        </button>
      }
    />
  );
}

function moreItems({ table, csv }: RunsToolbarProps): MenuItem[] {
  const { address, setAddress, columns, view, setView, reset, rows, search, counts } = table;
  const shown = view.columns.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  const same = () => {
    const away = new Set(constantColumns(shown, rows));
    setView({ ...view, columns: view.columns.filter((id) => !away.has(id)) });
  };
  const nothing = (counts?.matched ?? 0) === 0 ? "There are no runs here" : null;
  const deleted = address.view === "deleted";
  return [
    { kind: "heading", id: "csv", label: `CSV of all ${counts?.matched ?? 0} runs` },
    {
      id: "csv-shown",
      label: "With the shown columns",
      icon: <Download aria-hidden />,
      disabledReason: nothing,
      onSelect: () => void csv.all(search, shown),
    },
    {
      id: "csv-all",
      label: "With every column",
      icon: <Download aria-hidden />,
      disabledReason: nothing,
      onSelect: () => void csv.all(search, columns),
    },
    { kind: "divider", id: "after-csv" },
    {
      id: "same",
      label: "Hide columns in which all are the same",
      icon: <EyeOff aria-hidden />,
      disabledReason: rows.length < 2 ? "Two runs are needed for that" : null,
      onSelect: same,
    },
    {
      id: "reset",
      label: "Columns as at the beginning",
      icon: <RotateCcw aria-hidden />,
      disabledReason: reset ? null : "They are",
      onSelect: () => reset?.(),
    },
    { kind: "divider", id: "after-columns" },
    {
      id: "deleted",
      label: deleted ? "Back to the runs" : "Deleted runs",
      icon: deleted ? <Undo2 aria-hidden /> : <Trash2 aria-hidden />,
      onSelect: () => void setAddress({ view: deleted ? "active" : "deleted", sel: [] }),
    },
  ];
}
