import type { Run } from "@tessera/contracts/run";
import { describe, expect, it } from "vitest";
import { deltaOf, diffRows } from "./diff-rows.ts";

function run(id: string, params: Record<string, string>, loss: number): Run {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    id,
    project: "p",
    name: id,
    experimentId: "0",
    experimentName: "Default",
    state: "finished",
    reason: null,
    startedAt: at,
    finishedAt: at,
    user: "ada",
    deleted: false,
    hasJob: false,
    metrics: [{ key: "loss", value: loss, step: 0, at, min: loss, max: loss, count: 1 }],
    params,
    tags: {},
  };
}

describe("diffRows", () => {
  it("puts what differs first, and knows what a run does not have", () => {
    const rows = diffRows([run("a", { lr: "0.1", seed: "1" }, 2), run("b", { seed: "1" }, 1)]);
    expect(rows.map(({ kind, key, differs }) => [kind, key, differs])).toEqual([
      ["param", "lr", true],
      ["metric", "loss", true],
      ["param", "seed", false],
    ]);
    expect(rows[0]?.values).toEqual(["0.1", undefined]);
  });

  it("measures numbers against the baseline alone", () => {
    expect(deltaOf(3, 1)).toBe(2);
    expect(deltaOf("NaN", 1)).toBeNull();
    expect(deltaOf("3", 1)).toBeNull();
    expect(deltaOf(undefined, 1)).toBeNull();
  });
});
