"use client";

import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { cn } from "../../parts/class-names.ts";
import { RelativeTime } from "../../parts/figures.tsx";
import { EnvironmentStateBadge } from "./environment-state.tsx";

export interface RevisionListProps {
  /** The newest first. */
  items: readonly EnvironmentRevision[];
  chosen: number | undefined;
  onChoose(number: number): void;
}

/** All revisions of an environment. */
export function RevisionList({ items, chosen, onChoose }: RevisionListProps) {
  return (
    <nav aria-label="Revisions">
      <ul className="flex max-h-52 flex-col gap-0.5 overflow-y-auto lg:max-h-[70dvh]">
        {items.map(({ id, number, state, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={number === chosen ? "true" : undefined}
              onClick={() => onChoose(number)}
              className={cn(
                "focus-inset flex w-full flex-wrap items-center gap-x-3 rounded-md px-2.5 py-1.5 text-left text-sm",
                number === chosen ? "bg-selected" : "hover:bg-hover",
              )}
            >
              <span className="tabular w-8 font-mono font-medium">@{number}</span>
              <EnvironmentStateBadge state={state} />
              <span className="w-full pl-11 text-xs text-ink-3">
                <RelativeTime time={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
