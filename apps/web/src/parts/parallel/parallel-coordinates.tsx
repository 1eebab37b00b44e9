"use client";

import { useTheme } from "next-themes";
import { useMemo, useState } from "react";
import type { PointerEvent } from "react";
import { cn } from "../class-names.ts";
import { useWidth } from "../use-width.ts";
import { AxisHeading } from "./axis-heading.tsx";
import { axisMenuItems, withBrush } from "./axis-menu.ts";
import { makeAxisScale } from "./axis-scale.ts";
import type { AxisScale } from "./axis-scale.ts";
import { AxisView } from "./axis-view.tsx";
import { rampColor } from "./color-ramp.ts";
import { ParallelCanvas } from "./parallel-canvas.tsx";
import { placeRows, rowAtPointer } from "./parallel-geometry.ts";
import type { PlacedRow } from "./parallel-geometry.ts";
import { moveAxis } from "./parallel-model.ts";
import type { Brushes, ParallelAxis, ParallelRow } from "./parallel-model.ts";
import { ParallelSummary } from "./parallel-summary.tsx";

export interface ParallelCoordinatesProps {
  /** In the order to be shown. */
  axes: readonly ParallelAxis[];
  onAxesChange(axes: readonly ParallelAxis[]): void;
  /** In a stable array. */
  rows: readonly ParallelRow[];
  brushes: Brushes;
  onBrushesChange(brushes: Brushes): void;
  /** The axis that gives the colours; without, each run has its own. */
  colorBy?: string | undefined;
  onColorByChange(axis: string | undefined): void;
  highlighted?: string | undefined;
  onHighlight?: ((runId: string | undefined) => void) | undefined;
  onRunOpen?: ((runId: string) => void) | undefined;
  /** Of the axes, in pixels. */
  height?: number | undefined;
  className?: string | undefined;
}

// The first axis has its labels at its left too.
const inset = { x: 92, y: 12 };
const minSpacing = 96;

/** Runs as lines over their params and metrics: brush axes, move them, colour by one. */
export function ParallelCoordinates(props: ParallelCoordinatesProps) {
  const { axes, rows, brushes, colorBy, height = 260 } = props;
  const [box, boxWidth] = useWidth();
  const [ownHighlight, setOwnHighlight] = useState<string>();
  const highlighted = props.highlighted ?? ownHighlight;
  const scales = useMemo(
    () => axes.map((axis) => makeAxisScale(axis, rows, height)),
    [axes, rows, height],
  );
  const placed = usePlacedRows({ rows, scales, brushes, colorBy });
  const gaps = Math.max(1, axes.length - 1);
  const spacing = Math.max(minSpacing, (boxWidth - 2 * inset.x) / gaps);
  const width = Math.max(boxWidth, spacing * gaps + 2 * inset.x);
  const highlight = (id: string | undefined) => {
    if (id === highlighted) return;
    setOwnHighlight(id);
    props.onHighlight?.(id);
  };
  const frontRow = rows.find((row) => row.id === highlighted);
  return (
    <div className={cn("flex min-w-0 flex-col gap-2", props.className)}>
      <div ref={box} className="overflow-x-auto overflow-y-hidden">
        <div style={{ width }}>
          <Headings {...props} spacing={spacing} />
          <Plot
            {...props}
            {...{ scales, placed, spacing, width, height, highlighted, highlight }}
          />
        </div>
      </div>
      <ParallelSummary {...props} placed={placed} highlighted={frontRow} />
    </div>
  );
}

interface PlotProps extends ParallelCoordinatesProps {
  scales: readonly AxisScale[];
  placed: readonly PlacedRow[];
  spacing: number;
  width: number;
  height: number;
  highlight(id: string | undefined): void;
}

function Plot(props: PlotProps) {
  const { scales, placed, spacing, width, height, highlighted, highlight, brushes } = props;
  const total = height + 2 * inset.y;
  const follow = (event: PointerEvent) => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - area.left - inset.x;
    const y = event.clientY - area.top - inset.y;
    highlight(rowAtPointer(placed, { x, y, spacing })?.row.id);
  };
  return (
    <div
      role="presentation"
      style={{ height: total }}
      className={cn("relative", highlighted && props.onRunOpen && "cursor-pointer")}
      onPointerMove={follow}
      onPointerLeave={() => highlight(undefined)}
      onClick={() => highlighted && props.onRunOpen?.(highlighted)}
    >
      <ParallelCanvas {...{ placed, highlighted, width, spacing, inset }} height={total} />
      <svg role="presentation" width={width} height={total} className="absolute inset-0">
        {scales.map((scale, at) => (
          <AxisView
            key={scale.axis.id}
            scale={scale}
            x={inset.x + at * spacing}
            top={inset.y}
            height={height}
            brush={brushes[scale.axis.id]}
            onBrush={(brush) => props.onBrushesChange(withBrush(brushes, scale.axis.id, brush))}
            highlighted={placed.find((one) => one.row.id === highlighted)?.row}
          />
        ))}
      </svg>
    </div>
  );
}

interface PlacedOptions {
  rows: readonly ParallelRow[];
  scales: readonly AxisScale[];
  brushes: Brushes;
  colorBy: string | undefined;
}

function usePlacedRows({ rows, scales, brushes, colorBy }: PlacedOptions) {
  const { resolvedTheme } = useTheme();
  const dark = resolvedTheme === "dark";
  return useMemo(() => {
    const byColor = scales.find((scale) => scale.axis.id === colorBy);
    const colorOf = (row: ParallelRow) => {
      const share = byColor?.share(row.values[byColor.axis.id]);
      if (byColor) return share === undefined ? "#808080" : rampColor(share, dark);
      return row.color;
    };
    return placeRows(rows, { scales, brushes, colorOf });
  }, [rows, scales, brushes, colorBy, dark]);
}

function Headings(props: ParallelCoordinatesProps & { spacing: number }) {
  const { axes, spacing, brushes, colorBy, onAxesChange } = props;
  const order = axes.map((axis) => axis.id);
  const move = (id: string, to: number) => {
    const byId = new Map(axes.map((axis) => [axis.id, axis]));
    onAxesChange(moveAxis(order, id, to).flatMap((one) => byId.get(one) ?? []));
  };
  return (
    <div className="relative h-6">
      {axes.map((axis, at) => (
        <AxisHeading
          key={axis.id}
          label={axis.label}
          x={inset.x + at * spacing}
          width={Math.min(spacing - 8, 180)}
          at={at}
          count={axes.length}
          spacing={spacing}
          brushed={brushes[axis.id] !== undefined}
          coloring={colorBy === axis.id}
          onMove={(to) => move(axis.id, to)}
          menu={axisMenuItems(axis, props)}
        />
      ))}
    </div>
  );
}
