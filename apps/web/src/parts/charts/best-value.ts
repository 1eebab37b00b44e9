import type { ChartLine, Goal } from "./chart-line.ts";

const upIsGood =
  /acc|auc|f1|precision|recall|score|reward|return|bleu|rouge|iou|map|r2|throughput/i;
const downIsGood = /loss|err|rmse|mae|mse|perplexity|ppl|latency|duration|time|cost|wer|cer|fid/i;

/** Whether higher or lower is better, where a metric's name tells. */
export function knownGoal(metric: string): Goal | undefined {
  const name = metric.slice(metric.lastIndexOf("/") + 1);
  if (downIsGood.test(name)) return "min";
  if (upIsGood.test(name)) return "max";
  if (downIsGood.test(metric)) return "min";
  return upIsGood.test(metric) ? "max" : undefined;
}

/** Whether higher or lower is better; higher where the name does not tell. */
export function guessGoal(metric: string): Goal {
  return knownGoal(metric) ?? "max";
}

/** The best value that a line reached; undefined where it has none that is finite. */
export function bestValue(line: ChartLine, goal: Goal): number | undefined {
  let best: number | undefined;
  for (const value of goal === "max" ? line.max : line.min) {
    if (value === null) continue;
    if (best === undefined || (goal === "max" ? value > best : value < best)) best = value;
  }
  return best;
}

/** The lines with their best values, the best first; those without one last. */
export function rankLines<Line extends ChartLine>(
  lines: readonly Line[],
  goal: Goal,
): { line: Line; best: number | undefined }[] {
  const sign = goal === "max" ? -1 : 1;
  return lines
    .map((line) => ({ line, best: bestValue(line, goal) }))
    .toSorted((a, b) => {
      if (a.best === undefined || b.best === undefined) {
        return Number(a.best === undefined) - Number(b.best === undefined);
      }
      return sign * (a.best - b.best);
    });
}
