import { defaultCharts } from "../run-charts/chart-metrics.ts";
import type { ChartMetric } from "../run-charts/chart-metrics.ts";

/** Beyond this a page of charts is a page to search, and the picker is the better way. */
const most = 48;

/** The curves that at least two runs have; where there are none, all curves. */
export function curvesOfRuns(metrics: readonly ChartMetric[], runCount: number): string[] {
  const shared = metrics.filter((metric) => metric.runs >= Math.min(2, runCount));
  const common = defaultCharts(shared, most);
  return common.length > 0 ? common : defaultCharts(metrics, most);
}
