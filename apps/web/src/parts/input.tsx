"use client";

import { Search, X } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

export const inputClasses =
  "w-full min-w-0 rounded-md border border-line-strong/70 bg-surface px-2.5 text-base text-ink transition-colors hover:border-line-strong focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-bad aria-invalid:focus-visible:outline-bad";

export interface InputProps extends ComponentProps<"input"> {
  /** Ids, paths, commands: anything where each character counts. */
  mono?: boolean | undefined;
}

export function Input({ className, mono, ...rest }: InputProps) {
  return (
    <input
      autoComplete="off"
      spellCheck={mono ? false : undefined}
      {...rest}
      className={cn(inputClasses, "h-8", mono && "font-mono text-sm", className)}
    />
  );
}

export function Textarea({
  className,
  mono,
  ...rest
}: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      rows={4}
      spellCheck={mono ? false : undefined}
      {...rest}
      className={cn(inputClasses, "py-1.5 leading-5", mono && "font-mono text-sm", className)}
    />
  );
}

export interface SearchInputProps extends Omit<
  ComponentProps<"input">,
  "onChange" | "value" | "type"
> {
  value: string;
  onValueChange(value: string): void;
  /** The accessible name. */
  label: string;
}

/** A search box: Escape empties it first, and leaves it when it is empty. */
export function SearchInput({ value, onValueChange, label, className, ...rest }: SearchInputProps) {
  return (
    <div className={cn("relative", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        {...rest}
        aria-label={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          rest.onKeyDown?.(event);
          if (event.key !== "Escape" || event.defaultPrevented) return;
          if (value !== "") {
            event.stopPropagation();
            onValueChange("");
          } else event.currentTarget.blur();
        }}
        className={cn(inputClasses, "h-7 px-7 text-sm")}
      />
      {value === "" ? null : (
        <button
          type="button"
          aria-label={`Clear: ${label}`}
          onClick={() => onValueChange("")}
          className="absolute top-1/2 right-1 -translate-y-1/2 rounded-sm p-1 text-ink-3 hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </div>
  );
}
