"use client";

import type { ReactNode } from "react";
import { Panels } from "../../parts/panels.tsx";

/** Two panels, whose edge moves and stays where it was put. */
export function SplitView({ table, charts }: { table: ReactNode; charts: ReactNode }) {
  return (
    <Panels
      storageKey="runs"
      className="h-full"
      panels={[
        { id: "table", content: table, defaultSize: 58, minSize: 320 },
        { id: "charts", content: charts, defaultSize: 42, minSize: 300 },
      ]}
    />
  );
}
