"use client";

import type { Run } from "@tessera/contracts/run";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { compareNames } from "../metric-value.ts";
import { PairRows } from "./pair-rows.tsx";

/** Tags that MLflow's clients and the platform keep for themselves. */
export function isSystemTag(name: string): boolean {
  return name.startsWith("mlflow.");
}

/** What MLflow's clients noted by themselves; folded, since few look for it. */
export function SystemTags({ tags }: { tags: Run["tags"] }) {
  const [open, setOpen] = useState(false);
  const pairs = Object.entries(tags)
    .filter(([name]) => isSystemTag(name) && name !== "mlflow.note.content")
    .toSorted(([a], [b]) => compareNames(a, b));
  const Arrow = open ? ChevronDown : ChevronRight;
  if (pairs.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex h-7 items-center gap-1 self-start rounded-sm pr-2 text-sm text-ink-2 hover:text-ink"
      >
        <Arrow className="size-4 text-ink-3" aria-hidden />
        System tags ({pairs.length})
      </button>
      {open ? <PairRows pairs={pairs} /> : null}
    </div>
  );
}
