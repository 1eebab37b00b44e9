"use client";

import { listExperiments } from "@tessera/contracts/run";
import { FlaskConical } from "lucide-react";
import { useMemo } from "react";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Button } from "../../parts/button.tsx";
import { formatCount } from "../../parts/format/number.ts";
import { PickList } from "../../parts/pick-list.tsx";
import { Popover } from "../../parts/popover.tsx";

export interface ExperimentPickerProps {
  project: string;
  chosen: readonly string[];
  onChosenChange(chosen: readonly string[]): void;
}

/** Whose runs are listed: those of some experiments, or of all. */
export function ExperimentPicker({ project, chosen, onChosenChange }: ExperimentPickerProps) {
  const experiments = useEndpoint(listExperiments, { params: { project } });
  const items = experiments.data?.items;
  const options = useMemo(
    () =>
      (items ?? [])
        .filter((one) => !one.deleted)
        .map((one) => ({ id: one.id, label: one.name, detail: formatCount(one.runCount) })),
    [items],
  );
  const set = useMemo(() => new Set(chosen), [chosen]);
  const only = chosen.length === 1 ? items?.find((one) => one.id === chosen[0])?.name : undefined;
  const words =
    chosen.length === 0 ? "All experiments" : (only ?? `${formatCount(chosen.length)} experiments`);
  return (
    <Popover
      label="Experiments"
      className="flex w-80 flex-col gap-2 overflow-hidden p-2"
      trigger={
        <Button size="sm" icon={<FlaskConical aria-hidden />} title={words} className="max-w-52">
          <span className="truncate">{words}</span>
        </Button>
      }
    >
      <PickList
        label="Find an experiment"
        options={options}
        chosen={set}
        multiple
        onPick={(id) =>
          onChosenChange(set.has(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
        }
        nothing={
          experiments.isError
            ? "The experiments could not be read."
            : "No experiment is called that."
        }
      />
      {chosen.length > 0 ? (
        <Button size="sm" variant="ghost" onClick={() => onChosenChange([])}>
          All experiments
        </Button>
      ) : null}
    </Popover>
  );
}
