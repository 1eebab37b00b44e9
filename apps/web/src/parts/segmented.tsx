"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface SegmentedProps<Value extends string> {
  value: Value;
  onValueChange(value: Value): void;
  options: readonly { value: Value; label: ReactNode; title?: string }[];
  label: string;
  className?: string | undefined;
}

/** Two to five exclusive choices, all visible. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={props.value}
      // A second press on the chosen segment gives an empty value: one is always chosen.
      onValueChange={(next) => next !== "" && props.onValueChange(next as Value)}
      aria-label={props.label}
      className={cn("inline-flex h-7 items-center rounded-md bg-sunken p-0.5", props.className)}
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          title={option.title}
          className="inline-flex h-6 items-center gap-1.5 rounded-sm px-2 text-sm whitespace-nowrap text-ink-2 transition-colors hover:text-ink data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:shadow-button dark:data-[state=on]:bg-hover [&_svg]:size-3.5"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
