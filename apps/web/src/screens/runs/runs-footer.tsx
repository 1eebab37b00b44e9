"use client";

import { ArrowUp, LoaderCircle } from "lucide-react";
import { Button } from "../../parts/button.tsx";
import { countOf, formatCount } from "../../parts/format/number.ts";

export interface RunsFooterProps {
  matched: number | undefined;
  total: number | undefined;
  loaded: number;
  /** Changes of the order that wait for the pointer to leave. */
  waiting: number;
  onShowWaiting(): void;
  searching: boolean;
  /** Groups count what is loaded only. */
  grouped: boolean;
}

/** How many there are, and what is not shown of them. */
export function RunsFooter(props: RunsFooterProps) {
  const { matched, total, loaded, waiting, onShowWaiting, searching, grouped } = props;
  return (
    <footer className="flex h-11 shrink-0 items-center gap-3 border-t border-line px-3 text-sm text-ink-2">
      <span role="status" className="tabular flex min-w-0 items-center gap-3 whitespace-nowrap">
        {matched === undefined || total === undefined ? null : (
          <>
            <span className="text-ink">{countOf(matched, "run")}</span>
            {total > matched ? (
              <span className="truncate">{formatCount(total - matched)} filtered out</span>
            ) : null}
            {loaded < matched ? (
              <span className="truncate text-ink-3 max-sm:hidden">
                {grouped
                  ? `grouped over the first ${formatCount(loaded)}`
                  : `${formatCount(loaded)} loaded`}
              </span>
            ) : null}
          </>
        )}
      </span>
      {waiting > 0 ? (
        <Button
          size="sm"
          variant="ghost"
          className="h-6"
          icon={<ArrowUp aria-hidden />}
          onClick={onShowWaiting}
        >
          {countOf(waiting, "change")} in the order
        </Button>
      ) : null}
      {searching ? (
        <span className="ml-auto inline-flex items-center gap-1.5 text-ink-3">
          <LoaderCircle className="size-3.5 animate-turn" aria-hidden />
          Searching
        </span>
      ) : null}
    </footer>
  );
}
