import type { EnvironmentState } from "@tessera/contracts/environment";
import { Check, CircleDashed, LoaderCircle, X } from "lucide-react";
import type { ComponentType } from "react";
import { cn } from "../../parts/class-names.ts";

interface Look {
  readonly word: string;
  readonly icon: ComponentType<{
    className?: string;
    "aria-hidden"?: boolean;
    strokeWidth?: number;
  }>;
  readonly text: string;
  readonly mark: string;
  readonly turns?: boolean;
}

const looks: Record<EnvironmentState, Look> = {
  queued: { word: "Queued", icon: CircleDashed, text: "text-ink-2", mark: "text-ink-3" },
  resolving: {
    word: "Resolving versions",
    icon: LoaderCircle,
    text: "text-accent-ink",
    mark: "",
    turns: true,
  },
  building: {
    word: "Building",
    icon: LoaderCircle,
    text: "text-accent-ink",
    mark: "",
    turns: true,
  },
  ready: { word: "Ready", icon: Check, text: "text-good", mark: "bg-good-soft" },
  failed: { word: "Failed", icon: X, text: "text-bad", mark: "bg-bad-soft" },
};

/** Whether a revision's build goes on. */
export function isBuilding(state: EnvironmentState): boolean {
  return state !== "ready" && state !== "failed";
}

/** The one drawing of a revision's state: mark and word. */
export function EnvironmentStateBadge({ state }: { state: EnvironmentState }) {
  const { word, icon: Icon, text, mark, turns } = looks[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-sm whitespace-nowrap", text)}>
      <span className={cn("inline-flex size-4 items-center justify-center rounded-full", mark)}>
        <Icon
          aria-hidden
          strokeWidth={2.5}
          className={cn(mark.includes("bg-") ? "size-3" : "size-3.5", turns && "animate-turn")}
        />
      </span>
      {word}
    </span>
  );
}
