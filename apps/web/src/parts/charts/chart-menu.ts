import type { MenuItem } from "../menu-items.ts";
import { toastError } from "../toast.tsx";
import type { ChartAxis, XRange } from "./chart-line.ts";
import { readChartTheme } from "./chart-theme.ts";
import { exportChart } from "./export-chart.ts";
import type { ChartFormat } from "./export-chart.ts";
import { xExtent, yExtent } from "./traces.ts";
import type { Trace } from "./traces.ts";

export interface ChartMenuOptions {
  title: string;
  axis: ChartAxis;
  log: boolean;
  traces: readonly Trace[];
  range: XRange | undefined;
  /** The chart, whose colours an export takes. */
  element: Element | null;
  onLogScaleChange: ((log: boolean) => void) | undefined;
}

const formats: readonly [ChartFormat, string][] = [
  ["png", "Save as PNG"],
  ["svg", "Save as SVG"],
  ["csv", "Save the data as CSV"],
];

/** Log scale and exports. */
export function chartMenuItems(options: ChartMenuOptions): MenuItem[] {
  const { log, onLogScaleChange } = options;
  const empty = xExtent(options.traces) === undefined;
  const exports = formats.map(([format, label]) => ({
    id: format,
    label,
    disabledReason: empty ? "There is nothing to save yet" : null,
    onSelect: () => void save(options, format),
  }));
  if (!onLogScaleChange) return exports;
  return [
    {
      kind: "check",
      id: "log",
      label: "Logarithmic y",
      checked: log,
      onCheckedChange: onLogScaleChange,
    },
    { kind: "divider", id: "after-log" },
    ...exports,
  ];
}

async function save(
  { title, axis, log, traces, range, element }: ChartMenuOptions,
  format: ChartFormat,
) {
  const x = range ?? xExtent(traces);
  if (!element || !x) return;
  const y = yExtent(traces, { log, range: x });
  const theme = readChartTheme(element);
  try {
    await exportChart({ title, axis, log, traces, x, y, theme, width: 960, height: 480 }, format);
  } catch (error) {
    toastError({
      title: `Could not save “${title}” as ${format.toUpperCase()}`,
      detail: String(error),
    });
  }
}
