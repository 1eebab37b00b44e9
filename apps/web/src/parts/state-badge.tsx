import type { WorkloadState } from "@tessera/contracts/job";
import { Ban, Check, CircleDashed, LoaderCircle, TriangleAlert, X } from "lucide-react";
import type { ComponentType } from "react";
import { cn } from "./class-names.ts";

interface Look {
  word: string;
  icon: ComponentType<{ className?: string; strokeWidth?: number; "aria-hidden"?: boolean }>;
  text: string;
  mark: string;
  turns?: boolean;
  struck?: boolean;
}

const looks: Record<WorkloadState, Look> = {
  queued: { word: "Queued", icon: CircleDashed, text: "text-ink-2", mark: "text-ink-3" },
  starting: {
    word: "Starting",
    icon: LoaderCircle,
    text: "text-accent-ink",
    mark: "text-accent-ink",
    turns: true,
  },
  running: { word: "Running", icon: RunningMark, text: "text-accent-ink", mark: "text-accent-ink" },
  finished: { word: "Finished", icon: Check, text: "text-good", mark: "bg-good-soft text-good" },
  failed: { word: "Failed", icon: X, text: "text-bad", mark: "bg-bad-soft text-bad" },
  cancelled: { word: "Cancelled", icon: Ban, text: "text-ink-2", mark: "text-ink-3", struck: true },
  lost: { word: "Lost", icon: TriangleAlert, text: "text-warn", mark: "text-warn" },
};

/** A ring with a turning arc: moving, and legible when motion is off. */
function RunningMark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 16 16" className={className} aria-hidden fill="none">
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity="0.28" strokeWidth="2" />
      <path
        d="M8 2a6 6 0 0 1 6 6"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        className="origin-center animate-turn"
      />
      <circle cx="8" cy="8" r="2.25" fill="currentColor" />
    </svg>
  );
}

export interface StateBadgeProps {
  state: WorkloadState;
  /** Only the mark; the word goes to screen readers and to the hover text. */
  compact?: boolean | undefined;
  /** Such as "exit code 1", drawn after the word. */
  detail?: string | undefined;
  className?: string | undefined;
}

/** The one drawing of a workload's state: mark and word. */
export function StateBadge({ state, compact, detail, className }: StateBadgeProps) {
  const look = looks[state];
  const Icon = look.icon;
  return (
    <span
      title={compact ? look.word : undefined}
      className={cn(
        "inline-flex max-w-full items-center gap-1.5 text-sm",
        compact ? "shrink-0" : "min-w-0",
        look.text,
        className,
      )}
    >
      <span
        className={cn(
          "inline-flex size-4 shrink-0 items-center justify-center rounded-full",
          look.mark,
        )}
      >
        <Icon
          aria-hidden
          strokeWidth={2.5}
          className={cn(
            look.mark.includes("bg-") ? "size-3" : "size-3.5",
            look.turns && "animate-turn",
          )}
        />
      </span>
      <span
        className={cn(compact ? "sr-only" : "truncate", look.struck && "line-through decoration-1")}
      >
        {look.word}
      </span>
      {detail && !compact ? <span className="truncate text-ink-3">{detail}</span> : null}
    </span>
  );
}
