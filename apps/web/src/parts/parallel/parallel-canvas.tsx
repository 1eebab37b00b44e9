"use client";

import { useEffect, useRef } from "react";
import type { PlacedRow } from "./parallel-geometry.ts";

export interface ParallelCanvasProps {
  placed: readonly PlacedRow[];
  highlighted: string | undefined;
  width: number;
  height: number;
  spacing: number;
  /** From the canvas's left edge to the first axis, and from its top to the axes' top. */
  inset: { x: number; y: number };
}

/** The lines. The highlighted one lies on a canvas of its own, so that hovering paints one line. */
export function ParallelCanvas(props: ParallelCanvasProps) {
  const { placed, highlighted, width, height, spacing, inset } = props;
  const all = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const dimmed = highlighted !== undefined;
  useEffect(() => {
    const context = prepare(all.current, width, height);
    if (!context) return;
    const many = placed.length > 200;
    for (const chosen of [false, true]) {
      for (const one of placed) {
        if (one.chosen !== chosen) continue;
        context.globalAlpha = opacity(chosen, many);
        context.strokeStyle = one.color;
        context.lineWidth = chosen ? 1.25 : 1;
        strokeRow(context, one, { spacing, inset });
      }
    }
  }, [placed, width, height, spacing, inset]);
  useEffect(() => {
    const context = prepare(front.current, width, height);
    const one = placed.find((candidate) => candidate.row.id === highlighted);
    if (!context || !one) return;
    context.strokeStyle = one.color;
    context.lineWidth = 2.5;
    strokeRow(context, one, { spacing, inset });
  }, [placed, highlighted, width, height, spacing, inset]);
  const style = { width, height };
  return (
    <>
      <canvas
        ref={all}
        aria-hidden
        style={style}
        className={dimmed ? "absolute inset-0 opacity-30" : "absolute inset-0"}
      />
      <canvas ref={front} aria-hidden style={style} className="absolute inset-0" />
    </>
  );
}

function opacity(chosen: boolean, many: boolean): number {
  if (!chosen) return many ? 0.04 : 0.09;
  return many ? 0.5 : 0.85;
}

function prepare(canvas: HTMLCanvasElement | null, width: number, height: number) {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return undefined;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  context.lineJoin = "round";
  return context;
}

interface Place {
  spacing: number;
  inset: { x: number; y: number };
}

/** One polyline, broken where the row has no value; a value alone is a short dash. */
function strokeRow(context: CanvasRenderingContext2D, { y }: PlacedRow, { spacing, inset }: Place) {
  context.beginPath();
  let drawing = false;
  y.forEach((height, at) => {
    if (Number.isNaN(height)) {
      drawing = false;
      return;
    }
    const x = inset.x + at * spacing;
    if (drawing) context.lineTo(x, inset.y + height);
    else if (Number.isNaN(y[at + 1] ?? Number.NaN)) {
      context.moveTo(x - 4, inset.y + height);
      context.lineTo(x + 4, inset.y + height);
    } else context.moveTo(x, inset.y + height);
    drawing = true;
  });
  context.stroke();
}
