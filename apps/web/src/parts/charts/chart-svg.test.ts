import { describe, expect, it } from "vitest";
import { chartSvg, niceTicks } from "./chart-svg.ts";
import { makeTrace } from "./traces.ts";

const theme = {
  surface: "#fff",
  ink: "#000",
  muted: "#666",
  grid: "#eee",
  font: '"Geist", sans-serif',
};

describe("chartSvg", () => {
  const mean = [1, 2, 3];
  const line = {
    id: "a",
    name: '<b>&"run"',
    color: "#2612bc",
    x: [0, 1, 2],
    mean,
    min: mean,
    max: mean,
    notFinite: [],
    points: 3,
  };
  const chart = {
    title: "val/acc & more",
    axis: "step" as const,
    log: false,
    traces: [makeTrace(line, 0.5)],
    x: [0, 2] as const,
    y: [0, 4] as const,
    theme,
    width: 640,
    height: 320,
  };

  it("escapes the words of people, draws raw behind smoothed, and names the runs", () => {
    const svg = chartSvg(chart);
    expect(svg).toContain("val/acc &amp; more");
    expect(svg).toContain("&lt;b&gt;&amp;&quot;run&quot;");
    expect(svg).not.toContain("<b>");
    expect(svg.match(/stroke="#2612bc"/g)).toHaveLength(2);
  });

  it("leaves out what a log scale cannot show", () => {
    const withZero = { ...line, mean: [0, 2, 3], min: [0, 2, 3], max: [0, 2, 3] };
    const svg = chartSvg({ ...chart, log: true, y: [1, 10], traces: [makeTrace(withZero, 0)] });
    expect(svg).not.toContain("NaN");
    expect(svg).not.toContain("Infinity");
  });
});

it("finds round ticks", () => {
  expect(niceTicks([0.13, 1.07], 5)).toEqual([0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  expect(niceTicks([0, 100], 4)).toEqual([0, 50, 100]);
});
