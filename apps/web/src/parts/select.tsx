"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface SelectOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** A second line, for what the choice means. */
  hint?: ReactNode | undefined;
  disabled?: boolean | undefined;
}

export interface SelectProps<Value extends string> {
  value: Value | undefined;
  onValueChange(value: Value): void;
  options: readonly SelectOption<Value>[];
  placeholder?: string | undefined;
  size?: "sm" | "md" | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
  id?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

/** One of a few. For more than a dozen choices use the palette's list or a Combobox instead. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onValueChange, options, placeholder = "Choose…", size = "md", disabled } = props;
  return (
    <Radix.Root
      {...(value === undefined ? {} : { value })}
      onValueChange={(next) => onValueChange(next as Value)}
      disabled={disabled ?? false}
    >
      <Radix.Trigger
        id={props.id}
        aria-label={props["aria-label"]}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        className={cn(
          "inline-flex min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong/70 bg-surface px-2.5 text-ink transition-colors hover:border-line-strong disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 data-[placeholder]:text-ink-3 [&>span]:truncate",
          size === "sm" ? "h-7 text-sm" : "h-8 text-base",
          props.className,
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon asChild>
          <ChevronsUpDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) max-w-96 min-w-(--radix-select-trigger-width) animate-pop overflow-hidden rounded-md bg-raised shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function SelectItem<Value extends string>({ option }: { option: SelectOption<Value> }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className="relative flex cursor-default flex-col rounded-sm py-1.5 pr-7 pl-2 text-sm outline-none select-none data-[disabled]:text-ink-3 data-[highlighted]:bg-hover"
    >
      <Radix.ItemText>{option.label}</Radix.ItemText>
      {option.hint ? <span className="text-xs text-ink-3">{option.hint}</span> : null}
      <Radix.ItemIndicator className="absolute top-2 right-2">
        <Check className="size-3.5 text-accent-ink" aria-hidden />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
