import { expect, it } from "vitest";
import { curvesOfRuns } from "./curves-of-runs.ts";
import { axesOf, axisRows, defaultAxes } from "./compare-axes.ts";
import type { CompareRow } from "./compare-rows.ts";

function row(id: string, group: CompareRow["group"], values: readonly (string | number)[]) {
  return {
    id,
    group,
    label: id,
    values: new Map(values.map((value, at) => [String(at), value])),
    differs: new Set(values).size > 1,
    goal: undefined,
    best: undefined,
  };
}

const rows: CompareRow[] = [
  row("m:acc", "Metrics", [0.1, 0.2]),
  row("m:same", "Metrics", [1, 1]),
  row("p:lr", "Params", ["0.001", "1"]),
  row("p:opt", "Params", ["adam", "sgd"]),
  row("p:prompt", "Params", ["x".repeat(60), "y".repeat(60)]),
  row("duration", "How it ran", [1000, 2000]),
  row("state", "How it ran", ["finished", "failed"]),
];

it("begins with the params that differ and can be read, then the metrics", () => {
  expect(defaultAxes(axisRows(rows))).toEqual(["p:lr", "p:opt", "m:acc"]);
});

it("guesses the kinds, and passes over ids that no run has", () => {
  expect(axesOf(["p:lr", "gone", "p:opt", "duration"], axisRows(rows))).toEqual([
    { id: "p:lr", label: "p:lr", kind: "log" },
    { id: "p:opt", label: "p:opt", kind: "category" },
    { id: "duration", label: "duration", kind: "number" },
  ]);
  expect(axesOf(["state"], axisRows(rows))).toEqual([]);
});

it("draws the curves that two runs share, or all where none are shared", () => {
  const metrics = [
    { key: "loss", points: 9, runs: 2 },
    { key: "own", points: 9, runs: 1 },
    { key: "once", points: 1, runs: 2 },
  ];
  expect(curvesOfRuns(metrics, 2)).toEqual(["loss"]);
  expect(curvesOfRuns(metrics.slice(1), 2)).toEqual(["own"]);
  expect(curvesOfRuns(metrics, 1)).toEqual(["loss", "own"]);
});
