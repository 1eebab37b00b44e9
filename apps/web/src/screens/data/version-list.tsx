"use client";

import type { DatasetVersion } from "@tessera/contracts/dataset";
import { Badge } from "../../parts/badge.tsx";
import { cn } from "../../parts/class-names.ts";
import { RelativeTime } from "../../parts/figures.tsx";

export interface VersionListProps {
  /** The newest first. */
  items: readonly DatasetVersion[];
  chosen: number | undefined;
  onChoose(number: number): void;
}

/** All versions of a dataset. */
export function VersionList({ items, chosen, onChoose }: VersionListProps) {
  return (
    <nav aria-label="Versions">
      <ul className="flex max-h-52 flex-col gap-0.5 overflow-y-auto lg:max-h-[70dvh]">
        {items.map(({ id, number, tags, message, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={number === chosen ? "true" : undefined}
              onClick={() => onChoose(number)}
              className={cn(
                "focus-inset flex w-full flex-col gap-0.5 rounded-md px-2.5 py-1.5 text-left text-sm",
                number === chosen ? "bg-selected" : "hover:bg-hover",
              )}
            >
              <span className="flex flex-wrap items-center gap-1.5">
                <span className="tabular font-mono font-medium">@{number}</span>
                {tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>
              {message === "" ? null : (
                <span className="line-clamp-2 text-xs text-ink-2 [overflow-wrap:anywhere]">
                  {message}
                </span>
              )}
              <span className="text-xs text-ink-3">
                <RelativeTime time={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
