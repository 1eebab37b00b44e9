import type { LatestMetric, MetricValue } from "@tessera/contracts/run";
import { knownGoal } from "../../parts/charts/best-value.ts";
import type { Goal } from "../../parts/charts/chart-line.ts";

/** A metric's value as a number: JSON cannot hold NaN and the infinities. */
export function metricNumber(value: MetricValue): number {
  return Number(value);
}

export interface BestValue {
  readonly value: number;
  readonly goal: Goal;
}

/** The best that a metric reached; undefined where its name does not tell which way is better. */
export function bestOf(metric: LatestMetric): BestValue | undefined {
  const goal = machinery.test(metric.key) ? undefined : knownGoal(metric.key);
  const best = goal === "max" ? metric.max : metric.min;
  return goal === undefined || best === null ? undefined : { value: metricNumber(best), goal };
}

const heldOut = /(^|[^a-z])(val|valid|validation|test|eval|dev|final)([^a-z]|$)/i;
const training = /(^|[^a-z])train(ing)?([^a-z]|$)/i;
/** What tells of the machinery and not of the model. */
const machinery =
  /(^|[^a-z])(lr|learning_rate|grad|norm|epoch|step|time|duration|seconds|memory|gpu|cpu|throughput|samples_per)/i;

function weight({ key, count }: LatestMetric): number {
  if (machinery.test(key)) return 3;
  if (training.test(key)) return 2;
  return heldOut.test(key) || count === 1 ? 0 : 1;
}

/** The few metrics that say most: those that a person pinned, then those on held-out data. */
export function keyMetrics(
  metrics: readonly LatestMetric[],
  pinned: readonly string[],
  most: number,
): LatestMetric[] {
  const rank = (metric: LatestMetric) => (pinned.includes(metric.key) ? -1 : weight(metric));
  return metrics.toSorted((a, b) => rank(a) - rank(b) || compareNames(a.key, b.key)).slice(0, most);
}

const natural = new Intl.Collator("en", { numeric: true });

/** Names in the order that people count in: layer/2 before layer/10. */
export function compareNames(a: string, b: string): number {
  return natural.compare(a, b);
}
