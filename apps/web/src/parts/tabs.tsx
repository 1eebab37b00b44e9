"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface TabItem<Value extends string> {
  value: Value;
  label: ReactNode;
  /** A figure after the label, such as the number of artifacts. */
  count?: number | undefined;
}

export interface TabsProps<Value extends string> {
  value: Value;
  onValueChange(value: Value): void;
  items: readonly TabItem<Value>[];
  label: string;
  /** The row stays in sight while the page scrolls below it. */
  sticky?: boolean | undefined;
  /** Controls at the right end of the tab row. */
  actions?: ReactNode | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** Tabs whose value the page keeps in its address; the panels are `TabPanel`s. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  return (
    <Radix.Root
      value={props.value}
      onValueChange={(next) => props.onValueChange(next as Value)}
      className={cn("flex min-h-0 flex-col", props.className)}
    >
      <div
        className={cn(
          "flex items-end gap-3 border-b border-line",
          props.sticky && "sticky top-0 z-20 bg-surface",
        )}
      >
        <Radix.List
          aria-label={props.label}
          className="no-scrollbar -mb-px flex min-w-0 flex-1 gap-4 overflow-x-auto"
        >
          {props.items.map((item) => (
            <Radix.Trigger
              key={item.value}
              value={item.value}
              className="focus-inset inline-flex h-9 shrink-0 items-center gap-1.5 rounded-t-sm border-b-2 border-transparent px-0.5 text-base whitespace-nowrap text-ink-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="tabular rounded-xs bg-sunken px-1 text-xs text-ink-3">
                  {item.count}
                </span>
              )}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {props.actions ? (
          <div className="flex shrink-0 items-center gap-1 pb-1">{props.actions}</div>
        ) : null}
      </div>
      {props.children}
    </Radix.Root>
  );
}

export interface TabPanelProps {
  value: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Rendered only while its tab is chosen. */
export function TabPanel({ value, className, children }: TabPanelProps) {
  return (
    <Radix.Content value={value} className={cn("min-h-0 flex-1 pt-4 outline-offset-4", className)}>
      {children}
    </Radix.Content>
  );
}
