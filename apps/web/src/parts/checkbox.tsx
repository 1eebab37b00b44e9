"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface CheckboxProps extends Omit<
  ComponentProps<typeof RadixCheckbox.Root>,
  "onCheckedChange"
> {
  onCheckedChange?(checked: boolean): void;
}

export function Checkbox({ className, onCheckedChange, ...rest }: CheckboxProps) {
  return (
    <RadixCheckbox.Root
      {...rest}
      onCheckedChange={(state) => onCheckedChange?.(state === true)}
      className={cn(
        "inline-flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-strong bg-surface text-on-accent transition-colors hover:border-ink-3 disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
    >
      <RadixCheckbox.Indicator>
        {rest.checked === "indeterminate" ? (
          <Minus className="size-3" strokeWidth={3} aria-hidden />
        ) : (
          <Check className="size-3" strokeWidth={3} aria-hidden />
        )}
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}

/** A checkbox with its text, the whole line of which can be pressed. */
export function CheckboxLine({
  children,
  className,
  ...rest
}: CheckboxProps & { children: ReactNode }) {
  return (
    <label className={cn("flex items-start gap-2 text-base", className)}>
      <Checkbox {...rest} className="mt-0.5" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
