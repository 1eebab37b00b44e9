import type { Run } from "@tessera/contracts/run";
import type { PickOption } from "../../parts/pick-lines.ts";
import { isSystemMetric, metricsByInterest } from "../run-fields/run-field.ts";

/** A metric of these runs, and how much there is of it. */
export interface ChartMetric {
  readonly key: string;
  /** The most points that a run has of it. */
  readonly points: number;
  readonly runs: number;
}

/** All metrics of some runs, those that people look for first. */
export function chartMetrics(runs: readonly Run[]): ChartMetric[] {
  const found = new Map<string, { points: number; runs: number }>();
  for (const run of runs) {
    for (const { key, count } of run.metrics) {
      const known = found.get(key);
      if (known) {
        known.points = Math.max(known.points, count);
        known.runs += 1;
      } else found.set(key, { points: count, runs: 1 });
    }
  }
  return metricsByInterest([...found.keys()]).map((key) => ({
    key,
    ...(found.get(key) ?? { points: 0, runs: 0 }),
  }));
}

/** The charts that a page begins with: curves, not single values, and none of the machine's. */
export function defaultCharts(metrics: readonly ChartMetric[], most: number): string[] {
  const curves = metrics.filter(({ key, points }) => points > 1 && !isSystemMetric(key));
  return curves.slice(0, most).map(({ key }) => key);
}

/** The metrics as options of a list: curves first, the machine's last. */
export function metricOptions(metrics: readonly ChartMetric[]): PickOption[] {
  const groups = ["curves", "single values", "system metrics"];
  return metrics
    .map(({ key, points }) => ({
      id: key,
      label: key,
      group: isSystemMetric(key) ? "system metrics" : points > 1 ? "curves" : "single values",
    }))
    .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}
