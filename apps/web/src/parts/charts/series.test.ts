import { describe, expect, it } from "vitest";
import { bestValue, guessGoal, rankLines } from "./best-value.ts";
import type { ChartLine } from "./chart-line.ts";
import { chartCsv } from "./chart-csv.ts";
import { smooth } from "./smoothing.ts";
import { lonePoints, walkTrace } from "./trace-walk.ts";
import { lowerBound, makeTrace, nearestIndex, xExtent, yExtent } from "./traces.ts";

function line(id: string, mean: (number | null)[], more: Partial<ChartLine> = {}): ChartLine {
  const x = mean.map((_, at) => at);
  return {
    id,
    name: id,
    color: "#000",
    x,
    mean,
    min: mean,
    max: mean,
    notFinite: [],
    points: x.length,
    ...more,
  };
}

describe("smooth", () => {
  it("is TensorBoard's debiased moving average", () => {
    // weight 0.6: 1; (0.6·0.4·1 + 0.4·2) / (1 − 0.36) = 1.625; then 3 against 0.784.
    const expected = [1, 1.625, (0.6 * (0.6 * 0.4 + 0.8) + 1.2) / (1 - 0.216)];
    [...smooth([1, 2, 3], 0.6)].forEach((value, at) =>
      expect(value).toBeCloseTo(expected[at]!, 12),
    );
  });

  it("leaves NaN where it is and goes on as if it were not there", () => {
    const [first, gap, next] = smooth([1, Number.NaN, 2], 0.6);
    expect([first, gap]).toEqual([1, Number.NaN]);
    expect(next).toBeCloseTo(1.625, 12);
  });

  it("does nothing with weight 0, nor to a constant", () => {
    expect([...smooth([1, 5, 2], 0)]).toEqual([1, 5, 2]);
    expect([...smooth([3, 3, 3], 0.99)]).toEqual([3, 3, 3]);
  });
});

describe("best", () => {
  it("takes the extreme of the buckets, not of their means", () => {
    const sampled = line("a", [1, 2], { max: [1.5, 9], min: [-4, 2], points: 100 });
    expect([bestValue(sampled, "max"), bestValue(sampled, "min")]).toEqual([9, -4]);
  });

  it("ranks by the goal, and what has no value last", () => {
    const lines = [line("a", [1]), line("b", [null]), line("c", [3])];
    expect(rankLines(lines, "max").map((entry) => entry.line.id)).toEqual(["c", "a", "b"]);
    expect(rankLines(lines, "min").map((entry) => entry.line.id)).toEqual(["a", "c", "b"]);
  });

  it.each([
    ["val/accuracy", "max"],
    ["train_loss", "min"],
    ["loss/train", "min"],
    ["reward", "max"],
    ["mystery", "max"],
  ] as const)("guesses for %s", (metric, goal) => {
    expect(guessGoal(metric)).toBe(goal);
  });
});

describe("extents", () => {
  it("spans all traces, and opens a single point", () => {
    expect(xExtent([makeTrace(line("a", [1, 2, 3]), 0)])).toEqual([0, 2]);
    expect(xExtent([makeTrace(line("a", [1]), 0)])).toEqual([-1, 1]);
    expect(xExtent([])).toBeUndefined();
  });

  it("follows the visible part only, and leaves NaN out", () => {
    const trace = makeTrace(line("a", [100, 1, null, 2, 1, 100]), 0);
    const [low, high] = yExtent([trace], { log: false, range: [1.5, 3.5] });
    expect(low).toBeCloseTo(0.95);
    expect(high).toBeCloseTo(2.05);
  });

  it("skips zero and below on a log scale", () => {
    const trace = makeTrace(line("a", [-1, 0, 0.1, 10]), 0);
    const [low, high] = yExtent([trace], { log: true, range: [0, 3] });
    expect(low).toBeCloseTo(0.1 / 1.1);
    expect(high).toBeCloseTo(11);
  });

  it("includes the bounds of buckets unless the line is smoothed", () => {
    const sampled = line("a", [1, 2], { max: [5, 9], min: [0, 1], points: 100 });
    const range = [0, 1] as const;
    expect(yExtent([makeTrace(sampled, 0)], { log: false, range })[1]).toBeGreaterThan(9);
    expect(yExtent([makeTrace(sampled, 0.5)], { log: false, range })[1]).toBeLessThan(3);
  });
});

describe("walkTrace", () => {
  const record = () => {
    const strokes: string[] = [];
    return {
      strokes,
      moveTo: (x: number, y: number) => strokes.push(`M${x},${y}`),
      lineTo: (x: number, y: number) => strokes.push(`L${x},${y}`),
    };
  };
  const plain = { x: (v: number) => v, y: (v: number) => v, from: 0, to: 10 };

  it("breaks at gaps", () => {
    const sink = record();
    walkTrace({ x: [0, 1, 2, 3, 4], y: [1, 2, Number.NaN, 3, 4] }, plain, sink);
    expect(sink.strokes).toEqual(["M0,1", "L1,2", "M3,3", "L4,4"]);
  });

  it("keeps the first, lowest, highest and last point of a pixel column", () => {
    const sink = record();
    const x = [0, 1, 1.1, 1.2, 1.3, 1.4, 2];
    walkTrace({ x, y: [0, 5, 9, 1, 4, 6, 0] }, plain, sink);
    expect(sink.strokes).toEqual(["M0,0", "L1,5", "L1.1,9", "L1.2,1", "L1.4,6", "L2,0"]);
  });

  it("draws a hundred thousand points with no more strokes than pixels allow, and no spike lost", () => {
    const count = 100_000;
    const x = Float64Array.from({ length: count }, (_, at) => at);
    const y = Float64Array.from({ length: count }, (_, at) => (at === 54_321 ? 1000 : at % 7));
    const sink = record();
    walkTrace({ x, y }, { x: (v) => (v / count) * 800, y: (v) => v, from: 0, to: count }, sink);
    expect(sink.strokes.length).toBeLessThan(4 * 801);
    expect(sink.strokes.some((stroke) => stroke.endsWith(",1000"))).toBe(true);
  });

  it("takes one point beyond each edge of the view, so that lines reach it", () => {
    const sink = record();
    walkTrace({ x: [0, 1, 2, 3, 4], y: [0, 1, 2, 3, 4] }, { ...plain, from: 1.5, to: 2.5 }, sink);
    expect(sink.strokes).toEqual(["M1,1", "L2,2", "L3,3"]);
  });

  it("finds points that stand alone", () => {
    const gap = Number.NaN;
    expect(lonePoints({ x: [0, 1, 2, 3, 4], y: [7, gap, 8, 9, gap] }, plain)).toEqual([
      { x: 0, y: 7 },
    ]);
  });
});

describe("search", () => {
  it("finds bounds and neighbours", () => {
    const x = [0, 10, 20];
    expect([lowerBound(x, -1), lowerBound(x, 10), lowerBound(x, 21)]).toEqual([0, 1, 3]);
    expect([-5, 4, 6, 100].map((value) => nearestIndex(x, value))).toEqual([0, 0, 1, 2]);
    expect(nearestIndex([], 3)).toBe(-1);
  });
});

describe("chartCsv", () => {
  it("writes one line a bucket, with the smoothed value where there is one", () => {
    const traces = [makeTrace(line("a", [1, null]), 0), makeTrace(line('b,"', [2]), 0)];
    expect(chartCsv(traces, "step")).toBe(
      'run_id,run,step,mean,min,max,smoothed\r\na,a,0,1,1,1,\r\na,a,1,,,,\r\n"b,""","b,""",0,2,2,2,\r\n',
    );
  });
});
