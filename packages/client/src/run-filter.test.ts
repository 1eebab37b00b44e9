import { describe, expect, it } from "vitest";
import { writeRunCondition, writeRunIds, writeRunKey } from "./run-clauses.ts";
import { checkRunFilter, completeRunFilter } from "./run-filter.ts";

describe("checkRunFilter", () => {
  it("has nothing against an empty filter and good ones", () => {
    const good = ["", "metrics.`val/acc` > 0.9 AND params.opt = 'adam'", writeRunIds(["a1", "b2"])];
    expect(good.map(checkRunFilter)).toEqual([[], [], []]);
  });

  it("points at the word that is wrong", () => {
    const text = "metrics.acc > 0.9 AND metric.loss = low";
    const [fault] = checkRunFilter(text);
    expect(text.slice(fault?.from, fault?.to)).toBe("low");
    const [part] = checkRunFilter("metrics.acc");
    expect([part?.from, part?.to, part?.message]).toEqual([
      0,
      11,
      expect.stringContaining("is no comparison") as string,
    ]);
    const entity = "metrics.acc > 0.9 AND parms.lr = '1'";
    const [second] = checkRunFilter(entity);
    expect(entity.slice(second?.from, second?.to)).toBe("parms");
    expect(second?.message).toContain("Invalid entity type 'parms'");
  });
});

describe("completeRunFilter", () => {
  const known = { metrics: ["acc", "val/acc"], params: ["lr"], tags: ["team"] };

  it("knows what kind of key stands at the cursor, and quotes where it must", () => {
    const text = "metrics.val";
    expect(completeRunFilter(text, text.length, known)).toEqual({
      from: 8,
      to: 11,
      options: [{ kind: "metric", label: "val/acc", insert: "`val/acc`" }],
    });
    expect(completeRunFilter("params.", 7, known).options).toEqual([
      { kind: "param", label: "lr", insert: "lr" },
    ]);
  });

  it("offers entities at the beginning", () => {
    const labels = completeRunFilter("", 0, known).options.map((option) => option.label);
    expect(labels).toContain("metrics.");
    expect(labels).toContain("start_time");
  });
});

it("writes keys and conditions that the parser reads back", () => {
  expect(writeRunKey("val/acc")).toBe("`val/acc`");
  expect(writeRunKey("a`b\"c'd")).toBeNull();
  expect(writeRunCondition("params", "learning rate", "it's")).toBe(
    'params.`learning rate` = "it\'s"',
  );
  expect(checkRunFilter(writeRunCondition("tags", "a b", "x") ?? "?")).toEqual([]);
  expect(writeRunCondition("params", "a", "both ' and \"")).toBeNull();
});
