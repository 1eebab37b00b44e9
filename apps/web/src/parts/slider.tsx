"use client";

import type { CSSProperties } from "react";
import { cn } from "./class-names.ts";

export interface SliderProps {
  value: number;
  onValueChange(value: number): void;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  label: string;
  className?: string | undefined;
}

/** The browser's own range input, drawn in our colours (see `slider` in the style sheet). */
export function Slider(props: SliderProps) {
  const { value, onValueChange, min = 0, max = 1, step = 0.01, label, className } = props;
  const filled = `${((value - min) / (max - min)) * 100}%`;
  return (
    <input
      type="range"
      aria-label={label}
      min={min}
      max={max}
      step={step}
      value={value}
      onChange={(event) => onValueChange(event.target.valueAsNumber)}
      style={{ "--filled": filled } as CSSProperties}
      className={cn("slider h-5 w-28", className)}
    />
  );
}
