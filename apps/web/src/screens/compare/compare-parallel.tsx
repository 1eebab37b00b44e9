"use client";

import type { Run } from "@tessera/contracts/run";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { projectPath } from "../../frame/navigation.ts";
import { ParallelCoordinates } from "../../parts/parallel/parallel-coordinates.tsx";
import {
  type Brushes,
  guessAxisKind,
  type ParallelAxis,
} from "../../parts/parallel/parallel-model.ts";
import { useRunColors } from "../../parts/run-colors/use-run-colors.ts";
import { diffRows } from "./diff-rows.ts";

const MOST_AXES = 12;

function axesOf(runs: readonly Run[]): ParallelAxis[] {
  return diffRows(runs)
    .filter((row) => row.differs)
    .slice(0, MOST_AXES)
    .map(({ kind, key, values }) => ({
      id: `${kind}:${key}`,
      label: key,
      kind: guessAxisKind(values),
    }));
}

/** The runs as lines over whatever differs between them. */
export function CompareParallel({ project, runs }: { project: string; runs: readonly Run[] }) {
  const router = useRouter();
  const { canvasColorOf } = useRunColors();
  const [moved, setMoved] = useState<readonly ParallelAxis[]>();
  const [brushes, setBrushes] = useState<Brushes>({});
  const [colorBy, setColorBy] = useState<string>();
  const found = useMemo(() => axesOf(runs), [runs]);
  const rows = useMemo(() => {
    const cells = diffRows(runs);
    return runs.map((run, index) => ({
      id: run.id,
      name: run.name,
      color: canvasColorOf(run.id),
      values: Object.fromEntries(
        cells.map(({ kind, key, values }) => [`${kind}:${key}`, values[index]]),
      ),
    }));
  }, [runs, canvasColorOf]);
  if (found.length < 2) return null;
  return (
    <section aria-label="Parallel coordinates">
      <h2 className="mb-2 text-base font-semibold">What goes with what</h2>
      <div className="overflow-x-auto rounded-lg border border-line p-3">
        <ParallelCoordinates
          axes={moved ?? found}
          onAxesChange={setMoved}
          rows={rows}
          brushes={brushes}
          onBrushesChange={setBrushes}
          colorBy={colorBy}
          onColorByChange={setColorBy}
          onRunOpen={(id) => router.push(projectPath(project, "runs", id))}
        />
      </div>
    </section>
  );
}
