"use client";

import { Ellipsis, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../button.tsx";
import { DropdownMenu } from "../menu.tsx";
import type { MenuItem } from "../menu-items.ts";
import { MiddleTruncate } from "../middle-truncate.tsx";

export interface ChartHeadingProps {
  title: string;
  /** Back to all of x; absent while all of it is shown. */
  onUnzoom: (() => void) | undefined;
  menu: readonly MenuItem[];
  aside: ReactNode;
  tools: ReactNode;
}

/** A chart's name, and its controls: quiet until the pointer or the focus comes. */
export function ChartHeading({ title, onUnzoom, menu, aside, tools }: ChartHeadingProps) {
  return (
    <header className="relative flex h-6 items-center gap-1">
      <h3 className="min-w-0 flex-1 text-sm font-medium">
        <MiddleTruncate text={title} />
      </h3>
      {onUnzoom ? (
        <IconButton label="Show everything" className="size-6" onClick={onUnzoom}>
          <RotateCcw aria-hidden />
        </IconButton>
      ) : null}
      {aside ? <span className="tabular shrink-0 text-sm text-ink-2">{aside}</span> : null}
      {/* Over the value while it is wanted: it takes no room from the name until then. */}
      <span className="absolute right-0 flex gap-1 bg-surface pl-2 opacity-0 transition-opacity group-focus-within/chart:opacity-100 group-hover/chart:opacity-100 has-[[data-state=open]]:opacity-100 pointer-coarse:static pointer-coarse:opacity-100">
        {tools}
        <DropdownMenu
          items={menu}
          trigger={
            <button
              type="button"
              aria-label={`${title}: chart menu`}
              className="inline-flex size-6 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
            >
              <Ellipsis className="size-3.5" aria-hidden />
            </button>
          }
        />
      </span>
    </header>
  );
}
