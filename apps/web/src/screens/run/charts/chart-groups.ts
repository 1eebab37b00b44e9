import type { LatestMetric } from "@tessera/contracts/run";
import { compareNames } from "../metric-value.ts";

export interface ChartGroup {
  /** The prefix that its metrics share; empty for those without one. */
  readonly id: string;
  readonly title: string;
  readonly metrics: readonly LatestMetric[];
}

export interface GroupedMetrics {
  readonly pinned: readonly LatestMetric[];
  readonly groups: readonly ChartGroup[];
  /** Those that have one value and no more to come: a chart of one point says nothing. */
  readonly single: readonly LatestMetric[];
  /** How many match the search. */
  readonly matched: number;
}

interface Grouping {
  readonly search: string;
  readonly pinned: readonly string[];
  /** The run goes on, so a second value may come. */
  readonly active: boolean;
}

/** Metrics as the page shows them: pinned first, the others under the prefix before their first "/". */
export function groupMetrics(
  metrics: readonly LatestMetric[],
  { search, pinned, active }: Grouping,
): GroupedMetrics {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = metrics
    .filter(({ key }) => words.every((word) => key.toLowerCase().includes(word)))
    .toSorted((a, b) => compareNames(a.key, b.key));
  const isSingle = ({ count }: LatestMetric) => count === 1 && !active;
  const groups = new Map<string, LatestMetric[]>();
  for (const metric of matching) {
    if (pinned.includes(metric.key) || isSingle(metric)) continue;
    const prefix = prefixOf(metric.key);
    groups.set(prefix, [...(groups.get(prefix) ?? []), metric]);
  }
  return {
    pinned: matching.filter((metric) => pinned.includes(metric.key) && !isSingle(metric)),
    single: matching.filter(isSingle),
    matched: matching.length,
    groups: [...groups]
      .toSorted(([a], [b]) => Number(b === "") - Number(a === "") || compareNames(a, b))
      .map(([id, members]) => ({ id, title: id === "" ? "Metrics" : id, metrics: members })),
  };
}

function prefixOf(key: string): string {
  const slash = key.indexOf("/");
  return slash > 0 ? key.slice(0, slash) : "";
}
