import type { HistoryPoint } from "../history.ts";
import type { LatestMetric } from "../latest.ts";
import type { MetricPoint } from "../point.ts";

/** NaN after everything, as PostgreSQL has it. */
function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

/** What the store is to be, written without any thought of speed. */
export class NaiveSeries {
  readonly #points = new Map<string, HistoryPoint>();

  add({ timestampMs, step, value }: MetricPoint): void {
    const plain = value === 0 ? 0 : value;
    this.#points.set(`${timestampMs}/${step}/${plain}`, { timestampMs, step, value: plain });
  }

  history(): HistoryPoint[] {
    return [...this.#points.values()].toSorted(
      (a, b) => a.timestampMs - b.timestampMs || a.step - b.step || order(a.value, b.value),
    );
  }

  latest(key: string): LatestMetric {
    const points = this.history();
    const [latest] = points.toSorted(
      (a, b) => b.step - a.step || b.timestampMs - a.timestampMs || order(b.value, a.value),
    ) as [HistoryPoint];
    const numbers = points.map((point) => point.value).filter((value) => !Number.isNaN(value));
    return {
      key,
      value: latest.value,
      step: latest.step,
      timestampMs: latest.timestampMs,
      min: numbers.length > 0 ? Math.min(...numbers) : null,
      max: numbers.length > 0 ? Math.max(...numbers) : null,
      count: points.length,
      firstTimestampMs: points[0]?.timestampMs as number,
      lastTimestampMs: points.at(-1)?.timestampMs as number,
    };
  }
}

/** Every run's series by key. */
export class NaiveStore {
  readonly #runs = new Map<string, Map<string, NaiveSeries>>();

  add(runId: string, point: MetricPoint): void {
    const run = this.#runs.get(runId) ?? new Map<string, NaiveSeries>();
    this.#runs.set(runId, run);
    const series = run.get(point.key) ?? new NaiveSeries();
    run.set(point.key, series);
    series.add(point);
  }

  delete(runId: string): void {
    this.#runs.delete(runId);
  }

  series(): { runId: string; key: string; series: NaiveSeries }[] {
    return [...this.#runs].flatMap(([runId, run]) =>
      [...run].map(([key, series]) => ({ runId, key, series })),
    );
  }
}
