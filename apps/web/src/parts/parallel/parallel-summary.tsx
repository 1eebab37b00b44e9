"use client";

import { useTheme } from "next-themes";
import { Button } from "../button.tsx";
import { countOf } from "../format/number.ts";
import { rampGradient } from "./color-ramp.ts";
import type { PlacedRow } from "./parallel-geometry.ts";
import type { Brushes, ParallelAxis, ParallelRow } from "./parallel-model.ts";

export interface ParallelSummaryProps {
  placed: readonly PlacedRow[];
  axes: readonly ParallelAxis[];
  brushes: Brushes;
  onBrushesChange(brushes: Brushes): void;
  colorBy?: string | undefined;
  highlighted: ParallelRow | undefined;
}

/** How many runs are chosen, which one is under the pointer, and what the colours mean. */
export function ParallelSummary(props: ParallelSummaryProps) {
  const { placed, axes, brushes, onBrushesChange, colorBy, highlighted } = props;
  const { resolvedTheme } = useTheme();
  const chosen = placed.filter((one) => one.chosen).length;
  const coloring = axes.find((axis) => axis.id === colorBy);
  const brushed = Object.keys(brushes).length > 0;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
      <span className="tabular">
        {brushed ? `${chosen} of ${countOf(placed.length, "run")}` : countOf(placed.length, "run")}
      </span>
      {brushed ? (
        <Button size="sm" variant="ghost" onClick={() => onBrushesChange({})}>
          Choose all again
        </Button>
      ) : null}
      {highlighted ? (
        <span className="max-w-80 truncate font-medium text-ink">{highlighted.name}</span>
      ) : null}
      {coloring ? (
        <span className="ml-auto inline-flex min-w-0 items-center gap-2">
          low
          <span
            aria-hidden
            style={{ background: rampGradient(resolvedTheme === "dark") }}
            className="h-2 w-24 shrink-0 rounded-full"
          />
          high
          <span className="truncate">{coloring.label}</span>
        </span>
      ) : null}
    </div>
  );
}
