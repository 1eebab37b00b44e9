import type { Trial } from "@tessera/contracts/sweep";
import { expect, it } from "vitest";
import { bestSoFar, trialAxes, trialRows } from "./trial-lines.ts";

function trial(number: number, objective: number | null): Trial {
  return {
    number,
    state: objective === null ? "pruned" : "complete",
    values: { lr: number / 10 },
    objective,
    reason: null,
    runId: null,
    jobState: null,
    createdAt: "2026-01-01T00:00:00Z",
    finishedAt: null,
  };
}

const trials = [trial(0, 3), trial(1, null), trial(2, 1), trial(3, 2)];

it("keeps the best so far, either way round, and passes over what has no result", () => {
  expect(bestSoFar(trials, "minimize")).toEqual({ x: [0, 2, 3], best: [3, 1, 1] });
  expect(bestSoFar(trials, "maximize")).toEqual({ x: [0, 2, 3], best: [3, 3, 3] });
});

it("has an axis for each parameter, and the metric last, whatever a parameter is called", () => {
  const axes = trialAxes(
    {
      lr: { type: "float", low: 1e-5, high: 1, log: true },
      metric: { type: "categorical", choices: ["a", "b"] },
      n: { type: "int", low: 1, high: 3, when: { parameter: "metric", in: ["a"] } },
    },
    "loss",
  );
  expect(axes).toEqual([
    { id: "param.n", label: "n", kind: "number" },
    { id: "param.lr", label: "lr", kind: "log" },
    { id: "param.metric", label: "metric", kind: "category" },
    { id: "metric", label: "loss", kind: "number" },
  ]);
});

it("draws the trials that came to an end", () => {
  const rows = trialRows(trials, () => "#123456");
  expect(rows.map(({ id }) => id)).toEqual(["0", "2", "3"]);
  expect(rows[1]?.values).toEqual({ "param.lr": 0.2, metric: 1 });
});
