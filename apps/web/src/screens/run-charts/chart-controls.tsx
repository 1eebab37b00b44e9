"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "../../parts/button.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { Slider } from "../../parts/slider.tsx";
import type { ChartSettings } from "./use-chart-settings.ts";

const axes = [
  { value: "step", label: "Step", title: "Over the steps that were logged" },
  { value: "time", label: "Time", title: "Over the clock" },
  { value: "relative", label: "Relative", title: "Over the time since the start" },
] as const;

/** How all charts of the page are drawn. */
export function ChartControls({ settings }: { settings: ChartSettings }) {
  const { axis, setAxis, smoothing, setSmoothing, range, setRange } = settings;
  return (
    <>
      <Segmented label="Horizontal axis" value={axis} onValueChange={setAxis} options={axes} />
      <span className="flex h-7 items-center gap-2 text-sm text-ink-2">
        Smoothing
        <Slider
          label="Smoothing"
          value={smoothing}
          max={0.99}
          onValueChange={setSmoothing}
          className="w-20"
        />
        <span className="tabular w-8">{smoothing.toFixed(2)}</span>
      </span>
      {range ? (
        <Button size="sm" icon={<RotateCcw aria-hidden />} onClick={() => setRange(undefined)}>
          Show everything
        </Button>
      ) : null}
    </>
  );
}
