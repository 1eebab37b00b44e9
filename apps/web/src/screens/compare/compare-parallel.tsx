"use client";

import type { Run } from "@tessera/contracts/run";
import { SlidersVertical } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { Button } from "../../parts/button.tsx";
import type { AxisKind, Brushes, ParallelAxis } from "../../parts/parallel/parallel-model.ts";
import { PickList } from "../../parts/pick-list.tsx";
import { Popover } from "../../parts/popover.tsx";
import { useRunColors } from "../../parts/run-colors/use-run-colors.ts";
import { Skeleton } from "../../parts/skeleton.tsx";
import { axesOf, axisOptions, axisRows, axisValues, defaultAxes } from "./compare-axes.ts";
import type { CompareRow } from "./compare-rows.ts";
import { Section } from "./section.tsx";

const ParallelCoordinates = dynamic(
  () =>
    import("../../parts/parallel/parallel-coordinates.tsx").then(
      (module) => module.ParallelCoordinates,
    ),
  { ssr: false, loading: () => <Skeleton className="h-72 w-full" /> },
);

export interface CompareParallelProps {
  runs: readonly Run[];
  rows: readonly CompareRow[];
  axes: readonly string[] | null;
  onAxesChange(axes: readonly string[]): void;
  colorBy: string | null;
  onColorByChange(axis: string | null): void;
  hidden: ReadonlySet<string>;
  highlighted: string | undefined;
  onHighlight(runId: string | undefined): void;
  onRunOpen(runId: string): void;
}

/** The runs as lines over the params that differ and what came of them. */
export function CompareParallel(props: CompareParallelProps) {
  const { runs, axes, onAxesChange, colorBy, onColorByChange, hidden } = props;
  const { canvasColorOf } = useRunColors();
  const [brushes, setBrushes] = useState<Brushes>({});
  const [kinds, setKinds] = useState<Readonly<Record<string, AxisKind>>>({});
  const rows = useMemo(() => axisRows(props.rows), [props.rows]);
  const ids = useMemo(() => axes ?? defaultAxes(rows), [axes, rows]);
  const drawn = useMemo(
    () => axesOf(ids, rows).map((axis) => ({ ...axis, kind: kinds[axis.id] ?? axis.kind })),
    [ids, rows, kinds],
  );
  const lines = useMemo(
    () =>
      runs
        .filter((run) => !hidden.has(run.id))
        .map((run) => ({
          id: run.id,
          name: run.name,
          color: canvasColorOf(run.id),
          values: axisValues(run, rows),
        })),
    [runs, hidden, rows, canvasColorOf],
  );
  const change = (next: readonly ParallelAxis[]) => {
    setKinds(Object.fromEntries(next.map((axis) => [axis.id, axis.kind])));
    onAxesChange(next.map((axis) => axis.id));
  };
  return (
    <Section
      title="What goes with what"
      tools={<AxisPicker rows={rows} chosen={ids} onChosenChange={onAxesChange} />}
    >
      {drawn.length < 2 ? (
        <p className="rounded-lg border border-line px-4 py-6 text-center text-sm text-ink-2">
          Two axes are needed: fewer params and metrics than that differ. Choose some above.
        </p>
      ) : (
        <div className="rounded-lg border border-line p-3">
          <ParallelCoordinates
            axes={drawn}
            onAxesChange={change}
            rows={lines}
            brushes={brushes}
            onBrushesChange={setBrushes}
            colorBy={colorBy ?? undefined}
            onColorByChange={(axis) => onColorByChange(axis ?? null)}
            highlighted={props.highlighted}
            onHighlight={props.onHighlight}
            onRunOpen={props.onRunOpen}
          />
        </div>
      )}
    </Section>
  );
}

interface AxisPickerProps {
  rows: readonly CompareRow[];
  chosen: readonly string[];
  onChosenChange(chosen: readonly string[]): void;
}

function AxisPicker({ rows, chosen, onChosenChange }: AxisPickerProps) {
  const options = useMemo(() => axisOptions(rows), [rows]);
  const set = useMemo(() => new Set(chosen), [chosen]);
  return (
    <Popover
      label="Axes"
      align="end"
      className="flex w-80 flex-col gap-2 overflow-hidden p-2"
      trigger={
        <Button size="sm" icon={<SlidersVertical aria-hidden />}>
          Axes
        </Button>
      }
    >
      <PickList
        label="Find a param or a metric"
        options={options}
        chosen={set}
        multiple
        onPick={(id) =>
          onChosenChange(set.has(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
        }
        nothing="Nothing is called that."
      />
    </Popover>
  );
}
