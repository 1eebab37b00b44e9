"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ReactNode } from "react";
import { Segmented } from "../../parts/segmented.tsx";
import { useWidth } from "../../parts/use-width.ts";
import { SplitSkeleton } from "./runs-skeleton.tsx";

const SplitView = dynamic(() => import("./split-view.tsx").then((module) => module.SplitView), {
  ssr: false,
  loading: () => <SplitSkeleton />,
});

export interface RunsLayoutProps {
  /** Whether they stand beside the table, where there is room. */
  chartsOpen: boolean;
  table: ReactNode;
  /** Null where there is nothing to draw. */
  charts: ReactNode;
}

/** Narrower, one of the two is shown at a time. */
const sideBySide = 760;

type Side = "table" | "charts";

const sides: readonly { value: Side; label: string }[] = [
  { value: "table", label: "Table" },
  { value: "charts", label: "Charts" },
];

/** The table left, the charts right; the edge between them moves, and stays where it was put. */
export function RunsLayout({ chartsOpen, table, charts }: RunsLayoutProps) {
  const [box, width] = useWidth();
  const [side, setSide] = useState<Side>("table");
  const narrow = width > 0 && width < sideBySide;
  const shown = narrow ? (side === "charts" && charts ? charts : table) : table;
  return (
    <div ref={box} className="flex min-h-0 flex-1 flex-col">
      {charts && narrow ? (
        <div className="flex shrink-0 justify-center border-b border-line py-1.5">
          <Segmented<Side> label="View" value={side} onValueChange={setSide} options={sides} />
        </div>
      ) : null}
      <div className="min-h-0 flex-1">
        {charts && chartsOpen && !narrow ? <SplitView table={table} charts={charts} /> : shown}
      </div>
    </div>
  );
}
