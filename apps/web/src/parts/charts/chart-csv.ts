import { csvField } from "../data-table/tsv.ts";
import type { ChartAxis } from "./chart-line.ts";
import type { Trace } from "./traces.ts";

const xHeadings: Record<ChartAxis, string> = {
  step: "step",
  time: "time_ms",
  relative: "relative_ms",
};

/** What a chart shows as CSV, one line a run and bucket, every digit kept. */
export function chartCsv(traces: readonly Trace[], axis: ChartAxis): string {
  const rows = [["run_id", "run", xHeadings[axis], "mean", "min", "max", "smoothed"]];
  for (const { line, raw, y } of traces) {
    line.x.forEach((x, at) => {
      const smoothed = raw ? y[at] : undefined;
      const numbers = [x, line.mean[at], line.min[at], line.max[at], smoothed].map(numberField);
      rows.push([line.id, line.name, ...numbers]);
    });
  }
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

function numberField(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
}
