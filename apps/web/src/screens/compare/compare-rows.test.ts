import type { Run } from "@tessera/contracts/run";
import { describe, expect, it } from "vitest";
import { asGitDiff } from "./code-changes.ts";
import { compareRows, deltaOf, isBetter } from "./compare-rows.ts";
import { parseDiff } from "../../parts/diff-view/parse-diff.ts";

function run(id: string, params: Record<string, string>, metrics: Record<string, number>): Run {
  return {
    id,
    project: "p",
    name: id,
    experimentId: "0",
    experimentName: "Default",
    state: "finished",
    reason: null,
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: "2026-01-01T00:00:10.000Z",
    user: "ada",
    deleted: false,
    hasJob: false,
    metrics: Object.entries(metrics).map(([key, value]) => ({
      key,
      value,
      step: 1,
      at: "2026-01-01T00:00:00.000Z",
      min: value,
      max: value,
      count: 1,
    })),
    params,
    tags: { "mlflow.user": id, team: "x" },
  };
}

describe("compareRows", () => {
  const runs = [
    run("a", { lr: "0.1", seed: "1", opt: "adam" }, { acc: 0.9, loss: 0.2, only: 1 }),
    run("b", { lr: "0.1", seed: "2" }, { acc: 0.8, loss: 0.1 }),
  ];
  const rows = compareRows(runs, new Map());
  const shown = (group: string) =>
    rows.filter((row) => row.group === group).map((row) => `${row.label}${row.differs ? "*" : ""}`);

  it("puts what differs first in each group, the lack of a value included", () => {
    expect(shown("Params")).toEqual(["opt*", "seed*", "lr"]);
    expect(shown("Metrics")).toEqual(["acc*", "loss*", "only*"]);
    expect(shown("Tags")).toEqual(["team"]);
  });

  it("does not count a run that has not logged anything yet", () => {
    const waiting = compareRows([...runs, run("c", {}, {})], new Map());
    expect(waiting.find((row) => row.label === "lr")?.differs).toBe(false);
    expect(waiting.find((row) => row.label === "acc")?.differs).toBe(true);
  });

  it("leaves out ways that no run has, and those that all share come last", () => {
    expect(shown("How it ran")).toEqual(["State", "Duration", "Experiment", "User"]);
  });

  it("knows the best of a metric, whichever way is better", () => {
    const best = (label: string) => rows.find((row) => row.label === label)?.best;
    expect([best("acc"), best("loss"), best("lr")]).toEqual([0.9, 0.1, undefined]);
  });

  it("does not take NaN for a difference from NaN", () => {
    const same = compareRows(
      [run("a", {}, { x: Number.NaN }), run("b", {}, { x: Number.NaN })],
      new Map(),
    );
    expect(same.find((row) => row.label === "x")?.differs).toBe(false);
  });
});

it("measures from the baseline, numbers in text included", () => {
  expect(deltaOf(0.9, 0.5)).toBeCloseTo(0.4);
  expect(deltaOf("0.01", "0.1")).toBeCloseTo(-0.09);
  expect([deltaOf("adam", "sgd"), deltaOf(1, 1), deltaOf(Number.NaN, 1), deltaOf(1, null)]).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  expect([isBetter(-1, "min"), isBetter(-1, "max"), isBetter(1, undefined)]).toEqual([
    true,
    false,
    undefined,
  ]);
});

it("writes changes as a diff that says what was added, removed, and cannot be shown", () => {
  const patch = (path: string) =>
    `===================================================================\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a\n+b\n`;
  const files = parseDiff(
    asGitDiff([
      { path: "train.py", change: "changed", patch: patch("train.py") },
      { path: "new file.py", change: "added", patch: patch("new file.py") },
      { path: "old.bin", change: "removed", patch: null },
    ]),
  );
  expect(files.map((file) => [file.path, file.status, file.binary, file.added])).toEqual([
    ["train.py", "modified", false, 1],
    ["new file.py", "added", false, 1],
    ["old.bin", "deleted", true, 0],
  ]);
});
