"use client";
import { useMemo, useState } from "react";
import { Page } from "../../../frame/page-frame.tsx";
import { ParallelCoordinates } from "../../../parts/parallel/parallel-coordinates.tsx";
import { guessAxisKind } from "../../../parts/parallel/parallel-model.ts";
import type { Brushes, ParallelAxis } from "../../../parts/parallel/parallel-model.ts";
import { useRunColors } from "../../../parts/run-colors/use-run-colors.ts";
export default function P() {
  const colors = useRunColors();
  const rows = useMemo(
    () =>
      Array.from({ length: 300 }, (_, i) => {
        const r = (k: number) => ((Math.imul(i * 31 + k, 2654435761) >>> 0) % 1000) / 1000;
        const lr = 10 ** (-4 + 3 * r(1));
        const depth = 2 + Math.floor(r(2) * 8);
        return {
          id: `run${i}`,
          name: `brave-otter-${i}`,
          color: colors.canvasColorOf(`run${i}`),
          values: {
            lr: String(lr),
            depth: String(depth),
            optimizer: ["adam", "sgd", "a-very-long-optimizer-name", "lion"][Math.floor(r(3) * 4)]!,
            dropout: i % 17 === 0 ? null : String(r(4) * 0.5),
            "validation/epoch/accuracy": 0.95 - Math.abs(Math.log10(lr) + 2.5) * 0.1 - r(5) * 0.05,
            loss: 0.1 + r(6),
          },
        };
      }),
    [colors],
  );
  const [axes, setAxes] = useState<readonly ParallelAxis[]>(() =>
    Object.keys(rows[0]!.values).map((id) => ({
      id,
      label: id,
      kind: guessAxisKind(rows.map((r) => (r.values as any)[id])),
    })),
  );
  const [brushes, setBrushes] = useState<Brushes>({});
  const [by, setBy] = useState<string | undefined>("validation/epoch/accuracy");
  return (
    <Page crumbs={[{ label: "Parallel" }]}>
      <ParallelCoordinates
        axes={axes}
        onAxesChange={setAxes}
        rows={rows}
        brushes={brushes}
        onBrushesChange={setBrushes}
        colorBy={by}
        onColorByChange={setBy}
        onRunOpen={() => {}}
        className="rounded-lg border border-line p-3"
      />
    </Page>
  );
}
