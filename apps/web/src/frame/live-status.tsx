"use client";

import { createContext, useContext } from "react";
import { cn } from "../parts/class-names.ts";
import { formatDuration } from "../parts/format/duration.ts";
import { formatExact } from "../parts/format/time.ts";
import { useNow } from "../parts/now.ts";
import { Tooltip } from "../parts/tooltip.tsx";

/** Whether what the page shows follows what happens. */
export type LiveStatus =
  | { kind: "connecting" }
  | { kind: "live" }
  /** The connection broke: what is shown was right at `since` (epoch ms). */
  | { kind: "stale"; since: number };

/** Provided by whoever holds the event stream; null where nothing is live. */
export const LiveStatusContext = createContext<LiveStatus | null>(null);

/** Live, or stale and since when. A short hiccup is not worth a word. */
export function LiveIndicator() {
  const status = useContext(LiveStatusContext);
  if (status === null) return null;
  if (status.kind === "stale") return <StaleSince since={status.since} />;
  const live = status.kind === "live";
  return (
    <Tooltip content={live ? "Changes appear as they happen" : "Connecting to the event stream"}>
      <span className="inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-sm text-ink-3">
        <span
          aria-hidden
          className={cn(
            "size-2 rounded-full",
            live ? "bg-good" : "border-[1.5px] border-line-strong",
          )}
        />
        <span className="max-sm:sr-only">{live ? "Live" : "Connecting"}</span>
      </span>
    </Tooltip>
  );
}

function StaleSince({ since }: { since: number }) {
  const now = useNow();
  const age = now === undefined ? 0 : now - since;
  if (age < 3000) return null;
  return (
    <Tooltip
      content={`The connection broke. This was right at ${formatExact(since)}; trying again.`}
    >
      <span
        role="status"
        className="inline-flex h-6 items-center gap-1.5 rounded-sm bg-warn-soft px-1.5 text-sm text-warn"
      >
        <span aria-hidden className="size-2 rounded-full border-[1.5px] border-current" />
        Stale for {formatDuration(Math.floor(age / 1000) * 1000)}
      </span>
    </Tooltip>
  );
}
