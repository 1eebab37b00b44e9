import type { Parameter, SearchSpace } from "@tessera/contracts/search-space";
import type { Sweep, Trial } from "@tessera/contracts/sweep";
import type { ChartLine } from "../../parts/charts/chart-line.ts";
import type { AxisKind, ParallelAxis, ParallelRow } from "../../parts/parallel/parallel-model.ts";

/** The best objective that was known after each trial that came to its end, by number. */
export function bestSoFar(
  trials: readonly Trial[],
  direction: Sweep["direction"],
): { readonly x: number[]; readonly best: number[] } {
  const x: number[] = [];
  const best: number[] = [];
  const better = direction === "minimize" ? Math.min : Math.max;
  for (const { number, objective } of trials) {
    if (objective === null) continue;
    x.push(number);
    best.push(better(objective, best.at(-1) ?? objective));
  }
  return { x, best };
}

function lineOf(
  id: string,
  name: string,
  [x, values, color]: [number[], number[], string],
): ChartLine {
  return {
    id,
    name,
    color,
    x,
    mean: values,
    min: values,
    max: values,
    notFinite: [],
    points: x.length,
  };
}

/** What was best so far, and what each trial came to. */
export function progressLines(
  {
    trials,
    direction,
  }: { readonly trials: readonly Trial[]; readonly direction: Sweep["direction"] },
  colors: { readonly best: string; readonly each: string },
): ChartLine[] {
  const { x, best } = bestSoFar(trials, direction);
  const each = trials.flatMap(({ objective }) => objective ?? []);
  return [
    lineOf("best", "Best so far", [x, best, colors.best]),
    lineOf("each", "Each trial", [x, each, colors.each]),
  ];
}

function kindOf(parameter: Parameter): AxisKind {
  if (parameter.type === "categorical") {
    return parameter.choices.every((choice) => typeof choice === "number") ? "number" : "category";
  }
  return parameter.log === true ? "log" : "number";
}

/**
 * An axis for each parameter, and one for the metric, which is the last. Parameters that do not
 * always apply come first: a line has a gap there, and should have none on its way to the metric.
 */
export function trialAxes(space: SearchSpace, metric: string): ParallelAxis[] {
  const entries = Object.entries(space);
  const sometimes = entries.filter(([, { when }]) => when !== undefined);
  const always = entries.filter(([, { when }]) => when === undefined);
  const parameters = [...sometimes, ...always].map(([name, parameter]) => ({
    id: `param.${name}`,
    label: name,
    kind: kindOf(parameter),
  }));
  return [...parameters, { id: "metric", label: metric, kind: "number" }];
}

/** The trials that came to an end, with their values. */
export function trialRows(
  trials: readonly Trial[],
  colorOf: (trial: Trial) => string,
): ParallelRow[] {
  return trials
    .filter(({ objective }) => objective !== null)
    .map((trial) => ({
      id: String(trial.number),
      name: `Trial ${trial.number}`,
      color: colorOf(trial),
      values: {
        ...Object.fromEntries(
          Object.entries(trial.values).map(([name, value]) => [`param.${name}`, value]),
        ),
        metric: trial.objective,
      },
    }));
}
