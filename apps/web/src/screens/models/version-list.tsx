"use client";

import type { ModelVersion } from "@tessera/contracts/model";
import { cn } from "../../parts/class-names.ts";
import { RelativeTime } from "../../parts/figures.tsx";
import { AliasBadges } from "./alias-badges.tsx";

export interface VersionListProps {
  /** The newest first. */
  items: readonly ModelVersion[];
  chosen: number | undefined;
  onChoose(version: number): void;
}

/** All versions of a model. */
export function VersionList({ items, chosen, onChoose }: VersionListProps) {
  return (
    <nav aria-label="Versions">
      <ul className="flex max-h-52 flex-col gap-0.5 overflow-y-auto lg:max-h-[70dvh]">
        {items.map(({ version, aliases, createdAt }) => (
          <li key={version}>
            <button
              type="button"
              aria-current={version === chosen ? "true" : undefined}
              onClick={() => onChoose(version)}
              className={cn(
                "focus-inset flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2.5 py-1.5 text-left text-sm",
                version === chosen ? "bg-selected" : "hover:bg-hover",
              )}
            >
              <span className="tabular w-8 font-mono font-medium">v{version}</span>
              <span className="text-xs text-ink-3">
                <RelativeTime time={createdAt} />
              </span>
              {aliases.length === 0 ? null : (
                <span className="flex w-full flex-wrap gap-1">
                  <AliasBadges aliases={aliases} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
