import type { LatestMetric, Run } from "@tessera/contracts/run";

/** How far a run is, as its params and steps tell it. */
export interface RunProgress {
  readonly done: number;
  readonly of: number;
  /** What is counted: "epochs", "steps". */
  readonly unit: string;
  /** Milliseconds that are left, once a first step shows the pace. */
  readonly leftMs: number | undefined;
}

/** Params that say how many there will be, the surest first. */
const totals: readonly (readonly [RegExp, string])[] = [
  [/^(max_|total_|num_|n_)?(training_|train_)?steps$/, "steps"],
  [/^(max_|total_|num_|n_)?(training_|train_)?iter(ation)?s?$/, "iterations"],
  [/^(max_|total_|num_|n_)?(training_|train_)?epochs?$/, "epochs"],
];

interface Total {
  readonly of: number;
  readonly unit: string;
}

function totalsOf(params: Run["params"]): Total[] {
  return totals.flatMap(([pattern, unit]) =>
    Object.entries(params).flatMap(([name, text]) => {
      const plain = (name.split(/[./]/).at(-1) ?? name).toLowerCase().replaceAll("-", "_");
      const of = Number(text);
      return pattern.test(plain) && Number.isInteger(of) && of > 1 ? [{ of, unit }] : [];
    }),
  );
}

interface Count {
  readonly done: number;
  readonly atMs: number;
}

/** The metric that counts what is counted, when the run logs one ("epoch": 3.2). */
function countByMetric(metrics: readonly LatestMetric[], unit: string): Count | undefined {
  const singular = unit.slice(0, -1);
  const metric = metrics.find(({ key }) => (key.split("/").at(-1) ?? key) === singular);
  if (metric === undefined || typeof metric.value !== "number") return undefined;
  return { done: metric.value, atMs: Date.parse(metric.at) };
}

/** The furthest step; the first one is 0 where none was logged at the total itself. */
function countBySteps(metrics: readonly LatestMetric[], of: number): Count | undefined {
  const series = metrics.filter((metric) => metric.count > 1 && metric.step > 0);
  const last = series.reduce<LatestMetric | undefined>(
    (most, metric) => (most === undefined || metric.step > most.step ? metric : most),
    undefined,
  );
  if (last === undefined || last.step > of) return undefined;
  return { done: Math.min(of, last.step + 1), atMs: Date.parse(last.at) };
}

/**
 * How far a running run is: undefined unless a param names a total and a metric has steps that fit
 * it. The time left follows from the pace up to the last step.
 */
export function runProgress(
  run: Pick<Run, "params" | "metrics" | "startedAt">,
  nowMs: number,
): RunProgress | undefined {
  for (const { of, unit } of totalsOf(run.params)) {
    const count = countByMetric(run.metrics, unit) ?? countBySteps(run.metrics, of);
    if (count === undefined || count.done <= 0 || count.done > of) continue;
    return {
      done: Math.floor(count.done),
      of,
      unit,
      leftMs: timeLeft(run.startedAt, { ...count, of, nowMs }),
    };
  }
  return undefined;
}

interface Pace extends Count {
  readonly of: number;
  readonly nowMs: number;
}

function timeLeft(startedAt: string | null, { done, atMs, of, nowMs }: Pace): number | undefined {
  if (startedAt === null || done >= of) return undefined;
  const started = Date.parse(startedAt);
  if (!(atMs > started)) return undefined;
  const whole = ((atMs - started) / done) * of;
  return Math.max(0, started + whole - nowMs);
}
