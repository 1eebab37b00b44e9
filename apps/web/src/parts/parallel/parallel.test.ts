import { describe, expect, it } from "vitest";
import { makeAxisScale } from "./axis-scale.ts";
import { placeRows, rowAtPointer } from "./parallel-geometry.ts";
import { guessAxisKind, moveAxis, withinBrushes } from "./parallel-model.ts";
import type { ParallelRow, ParallelValue } from "./parallel-model.ts";

function row(id: string, values: Record<string, ParallelValue>): ParallelRow {
  return { id, name: id, color: "#000", values };
}

const rows = [
  row("a", { lr: "0.001", opt: "adam", acc: 0.9 }),
  row("b", { lr: "0.1", opt: "sgd", acc: 0.5 }),
  row("c", { lr: "1", opt: null, acc: Number.NaN }),
];

describe("guessAxisKind", () => {
  it("tells numbers, spans of magnitudes and words apart", () => {
    expect(guessAxisKind(["1", "2", null])).toBe("number");
    expect(guessAxisKind(["0.001", "1"])).toBe("log");
    expect(guessAxisKind([0, 1000])).toBe("number");
    expect(guessAxisKind(["8", "none"])).toBe("category");
    expect(guessAxisKind([true, false])).toBe("category");
    expect(guessAxisKind([])).toBe("number");
  });
});

describe("makeAxisScale", () => {
  it("places by magnitude on a logarithmic axis, and has no place for zero", () => {
    const scale = makeAxisScale({ id: "lr", label: "lr", kind: "log" }, rows, 300);
    expect(scale.place("0.001")).toBeCloseTo(300);
    expect(scale.place("1")).toBeCloseTo(0);
    expect(scale.place(0)).toBeUndefined();
    expect(scale.ticks.map((tick) => tick.label)).toEqual(["0.001", "0.01", "0.1", "1"]);
    expect(scale.brushOf(0, 150)).toMatchObject({
      to: expect.closeTo(1),
      from: expect.closeTo(0.0316, 3),
    });
  });

  it("spreads categories, and brushes by them", () => {
    const scale = makeAxisScale({ id: "opt", label: "opt", kind: "category" }, rows, 100);
    expect(scale.ticks.map((tick) => tick.label)).toEqual(["sgd", "adam"]);
    expect(scale.brushOf(0, 50)).toEqual({ among: ["adam"] });
    expect(scale.brushOf(45, 55)).toBeUndefined();
  });

  it("stands one value in the middle", () => {
    const scale = makeAxisScale({ id: "acc", label: "acc", kind: "number" }, rows.slice(0, 1), 100);
    expect(scale.place(0.9)).toBeCloseTo(50);
  });
});

describe("brushes", () => {
  it("wants every brush, and a value on each brushed axis", () => {
    const brushes = { lr: { from: 0.01, to: 10 }, opt: { among: ["sgd", "adam"] } };
    expect(rows.filter((one) => withinBrushes(one, brushes)).map((one) => one.id)).toEqual(["b"]);
  });
});

describe("rowAtPointer", () => {
  const axes = [
    { id: "lr", label: "lr", kind: "log" as const },
    { id: "acc", label: "acc", kind: "number" as const },
  ];
  const scales = axes.map((axis) => makeAxisScale(axis, rows, 300));
  const placed = placeRows(rows, { scales, brushes: {}, colorOf: (one) => one.color });

  it("finds the line between two axes", () => {
    // a runs from the bottom left (300) to the top right (0): at the middle it is at 150.
    expect(rowAtPointer(placed, { x: 50, y: 152, spacing: 100 })?.row.id).toBe("a");
    expect(rowAtPointer(placed, { x: 50, y: 20, spacing: 100 })).toBeUndefined();
  });

  it("passes over lines that are broken there, or not chosen", () => {
    expect(rowAtPointer(placed, { x: 50, y: 0, spacing: 100 })).toBeUndefined();
    const others = placed.map((one) => ({ ...one, chosen: one.row.id !== "a" }));
    expect(rowAtPointer(others, { x: 50, y: 152, spacing: 100 })).toBeUndefined();
  });
});

it("moves an axis, and stops at the ends", () => {
  expect(moveAxis(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
  expect(moveAxis(["a", "b", "c"], "c", -1)).toEqual(["c", "a", "b"]);
  expect(moveAxis(["a", "b", "c"], "a", 9)).toEqual(["b", "c", "a"]);
});
