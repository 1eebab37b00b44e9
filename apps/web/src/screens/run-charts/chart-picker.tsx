"use client";

import { LineChart } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../parts/button.tsx";
import { PickList } from "../../parts/pick-list.tsx";
import { Popover } from "../../parts/popover.tsx";
import { metricOptions } from "./chart-metrics.ts";
import type { ChartMetric } from "./chart-metrics.ts";

export interface ChartPickerProps {
  metrics: readonly ChartMetric[];
  chosen: readonly string[];
  onChosenChange(chosen: readonly string[]): void;
}

/** Which metrics have a chart. */
export function ChartPicker({ metrics, chosen, onChosenChange }: ChartPickerProps) {
  const options = useMemo(() => metricOptions(metrics), [metrics]);
  const set = useMemo(() => new Set(chosen), [chosen]);
  const pick = (key: string) =>
    onChosenChange(set.has(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  return (
    <Popover
      label="Charts"
      align="end"
      className="flex w-80 flex-col gap-2 overflow-hidden p-2"
      trigger={
        <Button size="sm" icon={<LineChart aria-hidden />}>
          <span className="tabular">
            {chosen.length} of {metrics.length}
          </span>
        </Button>
      }
    >
      <PickList
        label="Find a metric"
        options={options}
        chosen={set}
        onPick={pick}
        multiple
        nothing="No metric is called that."
      />
    </Popover>
  );
}
