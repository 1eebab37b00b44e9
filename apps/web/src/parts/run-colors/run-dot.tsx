"use client";

import { hueOfRun } from "@tessera/contracts/run-hue";
import { Check } from "lucide-react";
import { useState } from "react";
import { cn } from "../class-names.ts";
import { Popover } from "../popover.tsx";
import { hueColor, runHues } from "./run-hues.ts";
import { useRunColor, useRunColors } from "./use-run-colors.ts";

/** A run's colour as a dot. */
export function RunDot({ runId, className }: { runId: string; className?: string | undefined }) {
  const color = useRunColor(runId);
  return (
    <span
      aria-hidden
      style={{ background: color }}
      className={cn("inline-block size-2.5 shrink-0 rounded-full", className)}
    />
  );
}

export interface RunColorPickerProps {
  runId: string;
  runName: string;
  className?: string | undefined;
}

/** The dot as a button that opens the twelve hues. */
export function RunColorPicker({ runId, runName, className }: RunColorPickerProps) {
  const [open, setOpen] = useState(false);
  const { hueOf, choose } = useRunColors();
  const current = hueOf(runId);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={`Colour of ${runName}`}
      className="w-auto p-2"
      trigger={
        <button
          type="button"
          title="Change colour"
          aria-label={`Colour of ${runName}: ${runHues[current]}`}
          className={cn(
            "inline-flex size-5 items-center justify-center rounded-sm hover:bg-hover",
            className,
          )}
        >
          <RunDot runId={runId} />
        </button>
      }
    >
      <div role="radiogroup" aria-label={`Colour of ${runName}`} className="grid grid-cols-6 gap-1">
        {runHues.map((name, hue) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={hue === current}
            title={hue === hueOfRun(runId) ? `${name} (its own)` : name}
            aria-label={name}
            onClick={() => {
              choose(runId, hue);
              setOpen(false);
            }}
            className="inline-flex size-7 items-center justify-center rounded-sm hover:bg-hover"
          >
            <span
              style={{ background: hueColor(hue) }}
              className="inline-flex size-5 items-center justify-center rounded-full text-surface"
            >
              {hue === current ? <Check className="size-3.5" strokeWidth={3} aria-hidden /> : null}
            </span>
          </button>
        ))}
      </div>
    </Popover>
  );
}
