"use client";

import dynamic from "next/dynamic";
import { cn } from "../class-names.ts";
import { SkeletonText } from "../skeleton.tsx";
import { useWidth } from "../use-width.ts";

const MergeCode = dynamic(() => import("./merge-code.tsx").then((module) => module.MergeCode), {
  ssr: false,
  loading: () => (
    <div className="p-3">
      <SkeletonText lines={4} />
    </div>
  ),
});

export interface TextDiffProps {
  before: string;
  after: string;
  /** What the two texts are: "brave-otter-1", "brave-otter-2". */
  beforeLabel: string;
  afterLabel: string;
  className?: string | undefined;
}

/** Two texts compared: side by side where there is room, one above the other on a phone. */
export function TextDiff({ before, after, beforeLabel, afterLabel, className }: TextDiffProps) {
  const [box, width] = useWidth();
  const sideBySide = width >= 720;
  return (
    <div
      ref={box}
      className={cn("min-w-0 overflow-hidden rounded-lg border border-line", className)}
    >
      <div className={cn("grid bg-sunken text-sm text-ink-2", sideBySide && "grid-cols-2")}>
        <span title={beforeLabel} className="truncate px-3 py-1.5">
          {sideBySide ? beforeLabel : `${beforeLabel} → ${afterLabel}`}
        </span>
        {sideBySide ? (
          <span title={afterLabel} className="truncate border-l border-line px-3 py-1.5">
            {afterLabel}
          </span>
        ) : null}
      </div>
      {before === after ? (
        <p className="px-3 py-2 text-sm text-ink-2">Both are the same.</p>
      ) : width > 0 ? (
        <MergeCode {...{ before, after, beforeLabel, afterLabel, sideBySide }} />
      ) : null}
    </div>
  );
}
