"use client";

import { useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent } from "react";
import { cn } from "../class-names.ts";
import { DropdownMenu } from "../menu.tsx";
import type { MenuItem } from "../menu-items.ts";
import { MiddleTruncate } from "../middle-truncate.tsx";

export interface AxisHeadingProps {
  label: string;
  x: number;
  width: number;
  /** Its position among the axes, and their number. */
  at: number;
  count: number;
  spacing: number;
  brushed: boolean;
  coloring: boolean;
  menu: readonly MenuItem[];
  onMove(to: number): void;
}

/** An axis's name: drag it, or press the arrow keys, to move the axis; press it for its menu. */
export function AxisHeading(props: AxisHeadingProps) {
  const { label, x, width, at, count, spacing, brushed, coloring, menu, onMove } = props;
  const [open, setOpen] = useState(false);
  const [offset, setOffset] = useState(0);
  const start = useRef<number>(undefined);
  const dragTo = (event: PointerEvent) => {
    if (start.current !== undefined) setOffset(event.clientX - start.current);
  };
  const drop = () => {
    start.current = undefined;
    setOffset(0);
    if (Math.abs(offset) < 5) setOpen(true);
    else onMove(Math.max(0, Math.min(count - 1, at + Math.round(offset / spacing))));
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && !open) onMove(at + step);
    else if (event.key === "Enter" || event.key === " ") setOpen(true);
    else return;
    event.preventDefault();
  };
  return (
    <div
      style={{ left: x - width / 2, width, transform: `translateX(${offset}px)` }}
      className="absolute top-0 flex h-6 justify-center"
    >
      <DropdownMenu
        open={open}
        onOpenChange={(next) => !next && setOpen(false)}
        align="center"
        items={menu}
        trigger={
          <button
            type="button"
            title={`${label}\nDrag or use the arrow keys to move, press for more`}
            onPointerDown={(event) => {
              event.preventDefault();
              event.currentTarget.focus();
              event.currentTarget.setPointerCapture(event.pointerId);
              start.current = event.clientX;
            }}
            onPointerMove={dragTo}
            onPointerUp={drop}
            onKeyDown={press}
            className={cn(
              "max-w-full touch-none rounded-xs px-1.5 text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink",
              offset === 0 ? "cursor-grab" : "cursor-grabbing bg-raised shadow-pop",
              brushed && "text-accent-ink",
              coloring && "underline decoration-accent decoration-2 underline-offset-4",
            )}
          >
            <MiddleTruncate text={label} />
          </button>
        }
      />
    </div>
  );
}
