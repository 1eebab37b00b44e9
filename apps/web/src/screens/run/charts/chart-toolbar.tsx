"use client";

import { RotateCcw } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../../parts/button.tsx";
import { CheckboxLine } from "../../../parts/checkbox.tsx";
import { countOf } from "../../../parts/format/number.ts";
import { SearchInput } from "../../../parts/input.tsx";
import { Segmented } from "../../../parts/segmented.tsx";
import { useShortcut } from "../../../parts/shortcuts/shortcut-registry.ts";
import { Slider } from "../../../parts/slider.tsx";
import type { ChartViewState } from "./chart-view.ts";

const axes = [
  { value: "step", label: "Step", title: "Over the steps that were logged" },
  { value: "time", label: "Time", title: "Over the clock" },
  { value: "relative", label: "Relative", title: "Over the time since the start" },
] as const;

export interface ChartToolbarProps {
  view: ChartViewState;
  matched: number;
  total: number;
}

/** How all the charts of the page are drawn. */
export function ChartToolbar({ view, matched, total }: ChartToolbarProps) {
  const box = useRef<HTMLInputElement>(null);
  useShortcut({
    keys: "/",
    label: "Search the metrics",
    group: "This page",
    run: (event) => {
      event.preventDefault();
      box.current?.focus();
    },
  });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex items-center gap-2">
        <SearchInput
          ref={box}
          label="Search metrics"
          value={view.search}
          onValueChange={(search) => view.change({ search })}
          className="w-52"
        />
        <span role="status" className="tabular text-xs text-ink-3">
          {view.search === "" ? countOf(total, "metric") : `${matched} of ${total}`}
        </span>
      </div>
      <Segmented
        label="Horizontal axis"
        value={view.axis}
        onValueChange={(axis) => view.change({ axis })}
        options={axes}
      />
      <span className="flex items-center gap-2 text-sm text-ink-2">
        Smoothing
        <Slider
          label="Smoothing"
          value={view.smoothing}
          max={0.99}
          onValueChange={(smoothing) => view.change({ smoothing })}
        />
        <span className="tabular w-8">{view.smoothing.toFixed(2)}</span>
      </span>
      <CheckboxLine
        checked={view.log}
        onCheckedChange={(log) => view.change({ log })}
        className="text-sm text-ink-2"
      >
        Logarithmic y
      </CheckboxLine>
      {view.range ? (
        <Button
          size="sm"
          icon={<RotateCcw aria-hidden />}
          onClick={() => view.change({ range: undefined })}
        >
          Show everything
        </Button>
      ) : null}
    </div>
  );
}
