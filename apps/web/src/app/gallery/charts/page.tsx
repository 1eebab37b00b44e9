"use client";
import { useMemo, useState } from "react";
import { Page } from "../../../frame/page-frame.tsx";
import { SeriesChart } from "../../../parts/charts/series-chart.tsx";
import type { ChartAxis, ChartLine, XRange } from "../../../parts/charts/chart-line.ts";
import { useRunColors } from "../../../parts/run-colors/use-run-colors.ts";
import { Segmented } from "../../../parts/segmented.tsx";
import { Slider } from "../../../parts/slider.tsx";
function rnd(seed: number) {
  let s = seed;
  return () => {
    s = (s * 1664525 + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}
export default function P() {
  const colors = useRunColors();
  const [axis, setAxis] = useState<ChartAxis>("step");
  const [sm, setSm] = useState(0.6);
  const [range, setRange] = useState<XRange>();
  const [log, setLog] = useState(true);
  const [hl, setHl] = useState<string>();
  const make = (n: number, pts: number, kind: string, down = false): ChartLine[] =>
    Array.from({ length: n }, (_, i) => {
      const r = rnd(i * 77 + kind.length);
      const k = 0.5 + r();
      const len = Math.floor(pts * (0.6 + 0.4 * r()));
      const mean: (number | null)[] = Array.from({ length: len }, (_, s) =>
        kind === "loss"
          ? Math.exp(-s / (pts * 0.2 * k)) * (2 + r() * 0.5) + 0.02 * k
          : 1 - Math.exp(-s / (pts * 0.15 * k)) * 0.9 - r() * 0.05,
      );
      if (i === 1) {
        mean[20] = null;
        mean[21] = null;
        mean[40] = null;
      }
      return {
        id: `run${i}`,
        name: i === 2 ? "a-very-long-run-name-".repeat(6) : `brave-otter-${i}`,
        color: colors.canvasColorOf(`run${i}`),
        x: mean.map((_, s) =>
          axis === "step" ? s * 10 : axis === "relative" ? s * 3100 : 1.76e12 + s * 60000,
        ),
        mean,
        min: mean.map((v) => (v === null ? null : v - (down ? 0.06 : 0))),
        max: mean.map((v) => (v === null ? null : v + (down ? 0.06 : 0))),
        notFinite: i === 1 ? [20, 21, 40] : [],
        points: down ? len * 50 : len,
        failed: i === 1,
      };
    });
  const acc = useMemo(() => make(6, 300, "acc", true), [axis, colors]);
  const loss = useMemo(() => make(6, 300, "loss"), [axis, colors]);
  const many = useMemo(() => make(50, 600, "acc"), [axis, colors]);
  const big = useMemo(() => make(1, 100_000, "acc"), [axis, colors]);
  const common = {
    axis,
    smoothing: sm,
    range,
    onRangeChange: setRange,
    syncKey: "g",
    highlighted: hl,
    onHighlight: setHl,
  };
  return (
    <Page crumbs={[{ label: "Charts" }]}>
      <div className="mb-3 flex items-center gap-3">
        <Segmented
          label="x"
          value={axis}
          onValueChange={(v) => {
            setAxis(v);
            setRange(undefined);
          }}
          options={[
            { value: "step", label: "Step" },
            { value: "time", label: "Wall time" },
            { value: "relative", label: "Relative" },
          ]}
        />
        <Slider label="Smoothing" value={sm} max={0.99} onValueChange={setSm} />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <SeriesChart title="validation/epoch/accuracy" lines={acc} {...common} />
        <SeriesChart
          title="train/loss"
          lines={loss}
          logScale={log}
          onLogScaleChange={setLog}
          {...common}
        />
        <SeriesChart title="fifty/accuracy" lines={many} {...common} height={300} />
        <SeriesChart title="hundred thousand points" lines={big} {...common} range={undefined} />
        <SeriesChart title="nothing" lines={[]} {...common} />
        <SeriesChart title="loading" lines={[]} loading {...common} />
      </div>
    </Page>
  );
}
