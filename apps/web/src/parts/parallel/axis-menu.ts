import type { MenuItem } from "../menu-items.ts";
import { numberOf } from "./parallel-model.ts";
import type { AxisKind, Brush, Brushes, ParallelAxis, ParallelRow } from "./parallel-model.ts";

export interface AxisMenuOptions {
  axes: readonly ParallelAxis[];
  onAxesChange(axes: readonly ParallelAxis[]): void;
  rows: readonly ParallelRow[];
  brushes: Brushes;
  onBrushesChange(brushes: Brushes): void;
  colorBy?: string | undefined;
  onColorByChange(axis: string | undefined): void;
}

/** What can be done to an axis, all of it by keyboard too. */
export function axisMenuItems(axis: ParallelAxis, options: AxisMenuOptions): MenuItem[] {
  const { axes, colorBy } = options;
  const coloring = colorBy === axis.id;
  return [
    {
      id: "color",
      label: coloring ? "Give runs their own colours" : "Colour runs by this",
      onSelect: () => options.onColorByChange(coloring ? undefined : axis.id),
    },
    ...brushItems(axis, options),
    ...kindItems(axis, options),
    { kind: "divider", id: "before-remove" },
    {
      id: "remove",
      label: "Remove this axis",
      disabledReason: axes.length > 2 ? null : "Two axes must stay",
      onSelect: () => options.onAxesChange(axes.filter((other) => other.id !== axis.id)),
    },
  ];
}

function brushItems(
  axis: ParallelAxis,
  { rows, brushes, onBrushesChange }: AxisMenuOptions,
): MenuItem[] {
  const set = (brush: Brush | undefined) => () =>
    onBrushesChange(withBrush(brushes, axis.id, brush));
  const items: MenuItem[] = [];
  if (axis.kind !== "category") {
    items.push(
      {
        id: "top",
        label: "Choose the highest quarter",
        onSelect: set(quarter(axis.id, rows, "top")),
      },
      {
        id: "bottom",
        label: "Choose the lowest quarter",
        onSelect: set(quarter(axis.id, rows, "bottom")),
      },
    );
  }
  if (brushes[axis.id])
    items.push({ id: "clear", label: "Choose everything again", onSelect: set(undefined) });
  return items.length > 0 ? [{ kind: "divider", id: "before-brush" }, ...items] : [];
}

/** The range that a quarter of the runs with a value lies in. */
function quarter(
  axis: string,
  rows: readonly ParallelRow[],
  end: "top" | "bottom",
): Brush | undefined {
  const numbers = rows
    .map((row) => numberOf(row.values[axis]))
    .filter((value): value is number => value !== undefined && Number.isFinite(value))
    .toSorted((a, b) => a - b);
  const count = Math.max(1, Math.floor(numbers.length / 4));
  const part = end === "top" ? numbers.slice(-count) : numbers.slice(0, count);
  const [from, to] = [part[0], part.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function kindItems(axis: ParallelAxis, { axes, onAxesChange }: AxisMenuOptions): MenuItem[] {
  if (axis.kind === "category") return [];
  const onValueChange = (kind: string) =>
    onAxesChange(
      axes.map((other) => (other.id === axis.id ? { ...other, kind: kind as AxisKind } : other)),
    );
  return [
    { kind: "divider", id: "before-kind" },
    {
      kind: "choice",
      id: "kind",
      value: axis.kind,
      onValueChange,
      options: [
        { value: "number", label: "Linear" },
        { value: "log", label: "Logarithmic" },
      ],
    },
  ];
}

/** The brushes with one of them set, or let go. */
export function withBrush(brushes: Brushes, axis: string, brush: Brush | undefined): Brushes {
  const { [axis]: _previous, ...others } = brushes;
  return brush ? { ...others, [axis]: brush } : others;
}
