"use client";

import { useRef, useState } from "react";
import type { PointerEvent } from "react";
import type { AxisScale } from "./axis-scale.ts";
import { valueLabel } from "./axis-scale.ts";
import type { Brush, ParallelRow } from "./parallel-model.ts";

export interface AxisViewProps {
  scale: AxisScale;
  x: number;
  top: number;
  height: number;
  brush: Brush | undefined;
  /** Dragging along the axis chooses a part of it; a plain press lets go. */
  onBrush(brush: Brush | undefined): void;
  /** Its value is written on the axis. */
  highlighted: ParallelRow | undefined;
}

const tickLength = 22;

/** One axis: line, ticks, and the chosen part. */
export function AxisView({ scale, x, top, height, brush, onBrush, highlighted }: AxisViewProps) {
  const [drag, setDrag] = useState<readonly [top: number, bottom: number]>();
  const start = useRef<number>(undefined);
  const heightOf = (event: PointerEvent) =>
    Math.max(0, Math.min(height, event.clientY - event.currentTarget.getBoundingClientRect().top));
  const stretch = drag ?? (brush && scale.stretchOf(brush));
  return (
    <g transform={`translate(${x},${top})`}>
      <line y2={height} className="stroke-line-strong" />
      {scale.ticks.map((tick) => (
        <g key={tick.label} transform={`translate(0,${tick.at})`}>
          <line x1={-3} x2={3} className="stroke-line-strong" />
          <text
            x={-7}
            dy="0.32em"
            textAnchor="end"
            className="tabular fill-ink-3 text-2xs"
            // A halo of the ground, so that ticks stay legible over the lines.
            style={{ paintOrder: "stroke", stroke: "var(--surface)", strokeWidth: 3 }}
          >
            {shorten(tick.label)}
          </text>
        </g>
      ))}
      {stretch ? (
        <rect
          x={-7}
          width={14}
          y={stretch[0]}
          height={Math.max(2, stretch[1] - stretch[0])}
          rx={2}
          className="fill-accent/20 stroke-accent"
        />
      ) : null}
      <rect
        x={-tickLength / 2}
        width={tickLength}
        height={height}
        className="cursor-crosshair touch-none fill-transparent"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = heightOf(event);
        }}
        onPointerMove={(event) => {
          if (start.current === undefined) return;
          const at = heightOf(event);
          setDrag([Math.min(start.current, at), Math.max(start.current, at)]);
        }}
        onPointerUp={() => {
          const far = drag && drag[1] - drag[0] > 3;
          onBrush(far ? scale.brushOf(drag[0], drag[1]) : undefined);
          start.current = undefined;
          setDrag(undefined);
        }}
      />
      {highlighted ? <ValueChip scale={scale} row={highlighted} /> : null}
    </g>
  );
}

function shorten(label: string): string {
  return label.length > 14 ? `${label.slice(0, 13)}…` : label;
}

function ValueChip({ scale, row }: { scale: AxisScale; row: ParallelRow }) {
  const value = row.values[scale.axis.id];
  const at = scale.place(value);
  if (at === undefined) return null;
  return (
    <g transform={`translate(0,${at})`} className="pointer-events-none">
      <circle r={3.5} className="fill-ink stroke-surface" strokeWidth={1.5} />
      <text
        x={8}
        dy="0.32em"
        className="tabular fill-ink text-2xs font-medium"
        style={{ paintOrder: "stroke", stroke: "var(--surface)", strokeWidth: 4 }}
      >
        {shorten(valueLabel(value))}
      </text>
    </g>
  );
}
