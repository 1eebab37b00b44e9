"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../parts/class-names.ts";
import { KeyLabel } from "../parts/key-label.tsx";
import { Tooltip } from "../parts/tooltip.tsx";

const itemClasses =
  "group/rail flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-base text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:shrink-0";

export interface RailItemProps {
  label: string;
  icon: ReactNode;
  collapsed: boolean;
  href?: string | undefined;
  current?: boolean | undefined;
  keys?: string | undefined;
  /** A figure at the right, such as the number of runs that are going. */
  count?: number | undefined;
  onPress?: (() => void) | undefined;
}

/** A line of the rail: an icon with a tooltip when the rail is collapsed. */
export function RailItem(props: RailItemProps) {
  const { label, icon, collapsed, href, current, keys, count, onPress } = props;
  const body = (
    <>
      <span className="text-ink-3 group-hover/rail:text-ink-2 group-aria-[current=page]/rail:text-accent-ink">
        {icon}
      </span>
      <span className={collapsed ? "sr-only" : "min-w-0 flex-1 truncate text-left"}>{label}</span>
      {count && !collapsed ? <span className="tabular text-xs text-ink-3">{count}</span> : null}
      {keys && !collapsed ? (
        <KeyLabel
          keys={keys}
          hidden
          className="opacity-0 group-hover/rail:opacity-100 group-focus-visible/rail:opacity-100"
        />
      ) : null}
    </>
  );
  const classes = cn(itemClasses, collapsed && "justify-center px-0");
  const element =
    href === undefined ? (
      <button type="button" onClick={onPress} className={classes}>
        {body}
      </button>
    ) : (
      <Link
        href={href}
        {...(onPress ? { onClick: onPress } : {})}
        aria-current={current ? "page" : undefined}
        className={classes}
      >
        {body}
      </Link>
    );
  return (
    <Tooltip content={collapsed ? label : null} side="right" keys={keys}>
      {element}
    </Tooltip>
  );
}
