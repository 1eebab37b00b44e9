import type { LatestMetric, MetricValue, Run } from "@tessera/contracts/run";

/** A number as it travels, as JavaScript has it. */
export function metricNumber(value: MetricValue): number {
  return typeof value === "number" ? value : Number(value);
}

// Runs are never changed in place, so what is worked out once of one holds for good.
const byKey = new WeakMap<Run, Map<string, LatestMetric>>();

/** A run's metric by its key. */
export function metricOf(run: Run, key: string): LatestMetric | undefined {
  let known = byKey.get(run);
  if (known === undefined) {
    known = new Map(run.metrics.map((metric) => [metric.key, metric]));
    byKey.set(run, known);
  }
  return known.get(key);
}

/** How long a run took, in ms; null while it runs, or when it never began. */
export function durationOf(run: Run): number | null {
  if (run.startedAt === null || run.finishedAt === null) return null;
  return Date.parse(run.finishedAt) - Date.parse(run.startedAt);
}

/** Whether a run can still change by itself. */
export function isActive(run: Run): boolean {
  return run.state === "queued" || run.state === "starting" || run.state === "running";
}
