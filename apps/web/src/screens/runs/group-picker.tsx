"use client";

import type { RunKeys } from "@tessera/contracts/run";
import { Layers } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../parts/button.tsx";
import { PickList } from "../../parts/pick-list.tsx";
import type { PickOption } from "../../parts/pick-lines.ts";
import { Popover } from "../../parts/popover.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { fieldId, fieldLabel, isSystemTag, readField } from "../run-fields/run-field.ts";
import type { SummaryKind } from "./group-runs.ts";

export interface GroupPickerProps {
  keys: RunKeys | undefined;
  group: string | null;
  onGroupChange(group: string | null): void;
  summary: SummaryKind;
  onSummaryChange(summary: SummaryKind): void;
}

const summaries = [
  { value: "mean", label: "Mean", title: "Means of metrics, with their spread" },
  { value: "best", label: "Best", title: "The best of each metric" },
] as const;

/** What the rows are grouped by, and what a group's line shows. */
export function GroupPicker(props: GroupPickerProps) {
  const { keys, group, onGroupChange, summary, onSummaryChange } = props;
  const [open, setOpen] = useState(false);
  const options = useMemo(() => groupOptions(keys), [keys]);
  const field = group === null ? undefined : readField(group);
  const chosen = useMemo(() => new Set(group === null ? [] : [group]), [group]);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Group"
      className="flex w-72 flex-col gap-2 overflow-hidden p-2"
      trigger={
        <Button size="sm" icon={<Layers aria-hidden />} className="max-w-48">
          <span className="truncate">{field ? `By ${fieldLabel(field)}` : "Group"}</span>
        </Button>
      }
    >
      <PickList
        label="Group by"
        options={options}
        chosen={chosen}
        onPick={(id) => {
          onGroupChange(id === group ? null : id);
          setOpen(false);
        }}
        nothing="Nothing is called that."
      />
      {group === null ? null : (
        <div className="flex items-center justify-between gap-2">
          <Segmented
            label="What a group shows of its metrics"
            value={summary}
            onValueChange={onSummaryChange}
            options={summaries}
          />
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              onGroupChange(null);
              setOpen(false);
            }}
          >
            No groups
          </Button>
        </div>
      )}
    </Popover>
  );
}

function groupOptions(keys: RunKeys | undefined): PickOption[] {
  const tags = (keys?.tags ?? []).filter((key) => !isSystemTag(key));
  return [
    ...(keys?.params ?? []).map((key) => ({ id: fieldId("p", key), label: key, group: "params" })),
    ...tags.map((key) => ({ id: fieldId("t", key), label: key, group: "tags" })),
    { id: "experiment", label: "Experiment", group: "runs" },
    { id: "state", label: "State", group: "runs" },
    { id: "user", label: "User", group: "runs" },
  ];
}
